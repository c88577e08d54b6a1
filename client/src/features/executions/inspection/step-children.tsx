import { useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Loader } from '@mantine/core';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { ExecutionStatus } from '../../../gql/graphql';
import { formatCost, formatDuration } from '../../../ui/format';
import { RunStatus, statusWord } from '../../../ui/run-status';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { useRowsInView } from '../../../ui/use-rows-in-view';
import inspector from '../inspector.module.css';
import type { StepState } from '../run-state';
import { runChildrenDocument, type ChildRun, type StepDetails } from './inspection.operations';
import classes from './inspection.module.css';
import { Loading } from './loading';

const rowHeight = 40;

interface StepChildrenProps {
  runId: string;
  stepKey: string;
  state: StepState;
  details: StepDetails | undefined;
}

/** The runs that a MAP or WORKFLOW step consists of: how many stand how, and each, newest first. */
export function StepChildren({ runId, stepKey, state, details }: StepChildrenProps) {
  const [params, setParams] = useSearchParams();
  const show = (next: string | undefined) =>
    setParams((current) => {
      const changed = new URLSearchParams(current);
      if (next === undefined) changed.delete('runs');
      else changed.set('runs', next);
      return changed;
    }, { replace: true, preventScrollReset: true });
  if (!details) return <Loading />;
  const { childStates } = details;
  const status = childStates.find((each) => each.status === params.get('runs'))?.status;
  const total = childStates.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return <p className={inspector.nothing}>{state.status === 'PENDING' ? 'Its runs are here once it has begun.' : 'It started no runs.'}</p>;
  return (
    <>
      <Group gap="xs" mb="sm" role="group" aria-label="Which runs are shown">
        <Button size="compact-sm" variant={status === undefined ? 'light' : 'default'} aria-pressed={status === undefined} onClick={() => show(undefined)}>All {total.toLocaleString('en-US')}</Button>
        {childStates.map((each) => (
          <Button key={each.status} size="compact-sm" variant={status === each.status ? 'light' : 'default'} aria-pressed={status === each.status} onClick={() => show(each.status)}>
            {statusWord(each.status)} {each.count.toLocaleString('en-US')}
          </Button>
        ))}
      </Group>
      <ChildList key={`${stepKey} ${status}`} runId={runId} stepKey={stepKey} status={status} total={status ? (childStates.find((each) => each.status === status)?.count ?? 0) : total} />
    </>
  );
}

function ChildList({ runId, stepKey, status, total }: { runId: string; stepKey: string; status: ExecutionStatus | undefined; total: number }) {
  const { data, error, loading, fetchMore, refetch } = useQuery(runChildrenDocument, { variables: { id: runId, stepKey, status: status ?? null }, notifyOnNetworkStatusChange: true });
  const edges = data?.execution.children.edges ?? [];
  const { endCursor, hasNextPage = false } = data?.execution.children.pageInfo ?? {};
  const { from, to, onScroll } = useRowsInView(edges.length, rowHeight);
  const nearEnd = to >= edges.length;
  useEffect(() => {
    if (hasNextPage && nearEnd && !loading && !error) void fetchMore({ variables: { after: endCursor } }).catch(() => undefined);
  }, [hasNextPage, nearEnd, loading, error, fetchMore, endCursor]);

  // How many there are changes while the step runs; so does what the first page holds.
  useEffect(() => {
    void refetch().catch(() => undefined);
  }, [refetch, total]);

  if (error && edges.length === 0) return <ErrorState title="Its runs could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} height={rowHeight} />;
  return (
    <div className={classes.children} onScroll={onScroll} tabIndex={0} role="list" aria-label={`Runs of this step, ${total.toLocaleString('en-US')}`}>
      <div style={{ position: 'relative', height: edges.length * rowHeight }}>
        {edges.slice(from, to).map(({ node }, index) => <ChildRow key={node.id} child={node} top={(from + index) * rowHeight} />)}
      </div>
      {loading && <div className={classes.loading}><Loader size="xs" aria-label="Loading more" /></div>}
    </div>
  );
}

function ChildRow({ child, top }: { child: ChildRun; top: number }) {
  const { id, itemIndex, status, startedAt, finishedAt, error, costUsd, workflow } = child;
  const took = startedAt && finishedAt ? Date.parse(finishedAt) - Date.parse(startedAt) : null;
  return (
    <div role="listitem" className={classes.child} style={{ height: rowHeight, transform: `translateY(${top}px)` }}>
      <Anchor component={Link} to={`/runs/${id}`}>{typeof itemIndex === 'number' ? `Item ${(itemIndex + 1).toLocaleString('en-US')}` : workflow.name}</Anchor>
      <RunStatus status={status} quiet />
      <span className={classes.why} title={error?.message}>{error?.message}</span>
      <span>{typeof costUsd === 'number' && costUsd > 0 && formatCost(costUsd)}</span>
      <span>{took !== null && formatDuration(took)}</span>
    </div>
  );
}
