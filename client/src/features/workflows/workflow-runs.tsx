import { useQuery } from '@apollo/client/react';
import { Anchor, Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { problemOf } from '../../api/api-errors';
import type { WorkflowRunsQuery } from '../../gql/graphql';
import { DataTable, type Column } from '../../ui/data-table';
import { formatTokens } from '../../ui/format';
import { RelativeTime } from '../../ui/relative-time';
import { RunStatus } from '../../ui/run-status';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states';
import { TickingDuration } from '../../ui/ticking-duration';
import { RunCharts } from '../stats/run-charts';
import classes from './editor.module.css';
import { workflowRunsDocument } from './workflow.operations';

type RunRow = WorkflowRunsQuery['executions']['edges'][number]['node'];

const columns: Column<RunRow>[] = [
  { header: 'Started', cell: ({ startedAt, createdAt }) => <RelativeTime time={startedAt ?? createdAt} /> },
  { header: 'Status', width: '128px', cell: ({ status }) => <RunStatus status={status} quiet /> },
  { header: 'Version', width: '80px', wideOnly: true, cell: ({ workflowVersion }) => <span className="tabular">{workflowVersion.number}</span> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ startedBy }) => startedBy.name },
  { header: 'Duration', width: '112px', align: 'end', cell: ({ startedAt, finishedAt }) => (startedAt ? <TickingDuration from={startedAt} to={finishedAt} /> : null) },
  { header: 'Tokens', width: '136px', align: 'end', wideOnly: true, cell: ({ usage }) => formatTokens(usage.inputTokens + usage.outputTokens) },
];

const refreshEveryMs = 2000;

/** The last runs of the workflow. */
export function WorkflowRuns({ workflowId, onRun }: { workflowId: string; onRun: () => void }) {
  const { data, error, refetch, startPolling, stopPolling } = useQuery(workflowRunsDocument, {
    variables: { workflowId },
    skipPollAttempt: () => document.hidden,
  });
  const rows = data?.executions.edges.map(({ node }) => node) ?? [];
  const unfinished = rows.some(({ finishedAt }) => !finishedAt);
  useEffect(() => {
    if (!unfinished) return;
    startPolling(refreshEveryMs);
    return stopPolling;
  }, [unfinished, startPolling, stopPolling]);

  if (error && !data) return <ErrorState title="The runs could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={4} />;
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<IconPlayerPlay size={24} />}
        title="It has not run yet"
        action={<Button variant="default" leftSection={<IconPlayerPlay size={16} />} onClick={onRun}>Run it</Button>}
      >
        Each run is kept here with what it was given and what every step made of it.
      </EmptyState>
    );
  }
  return (
    <>
      <div className={classes.runCharts}><RunCharts title="Activity" workflowId={workflowId} /></div>
      <DataTable label="Runs of this workflow" columns={columns} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => `/runs/${id}`} />
      {data.executions.pageInfo.hasNextPage && (
        <p className={classes.allRuns}>
          <Anchor component={Link} to={`/runs?workflow=${workflowId}`} inherit>All runs of this workflow</Anchor>
        </p>
      )}
    </>
  );
}
