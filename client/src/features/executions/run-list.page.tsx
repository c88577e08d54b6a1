import { NetworkStatus } from '@apollo/client';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { Button, Select } from '@mantine/core';
import { IconFilterOff, IconPlayerPlay } from '@tabler/icons-react';
import { useEffect } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import type { ExecutionStatus, RunsQuery } from '../../gql/graphql';
import { DataTable, type Column } from '../../ui/data-table';
import { formatTokens } from '../../ui/format';
import { ListToolbar } from '../../ui/list-toolbar';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { RunStatus, statusWord } from '../../ui/run-status';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states';
import { TickingDuration } from '../../ui/ticking-duration';
import { isFinished } from './run-state';
import { runsDocument, workflowChoicesDocument } from './run.queries';

type RunRow = RunsQuery['executions']['edges'][number]['node'];

const pageSize = 25;
const refreshEveryMs = 2000;
/** What the server gives at once. */
const largestPage = 100;
const statuses = ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'] satisfies ExecutionStatus[];

const columns: Column<RunRow>[] = [
  { header: 'Workflow', cell: ({ workflow }) => <span title={workflow.name}>{workflow.name}</span> },
  { header: 'Status', width: '128px', cell: ({ status }) => <RunStatus status={status} quiet /> },
  { header: 'Version', width: '80px', wideOnly: true, cell: ({ workflowVersion }) => <span className="tabular">{workflowVersion.number}</span> },
  { header: 'Started', width: '144px', wideOnly: true, cell: ({ startedAt, createdAt }) => <RelativeTime time={startedAt ?? createdAt} /> },
  {
    header: 'Duration',
    width: '112px',
    align: 'end',
    wideOnly: true,
    cell: ({ startedAt, finishedAt }) => (startedAt ? <TickingDuration from={startedAt} to={finishedAt} /> : null),
  },
  { header: 'Tokens', width: '136px', align: 'end', wideOnly: true, cell: ({ usage }) => formatTokens(usage.inputTokens + usage.outputTokens) },
];

export default function RunListPage() {
  const [params, setParams] = useSearchParams();
  const status = statuses.find((each) => each === params.get('status')?.toUpperCase()) ?? null;
  const workflowId = params.get('workflow');
  const { data, previousData, error, refetch, fetchMore, networkStatus, loading } = useQuery(runsDocument, {
    variables: { first: pageSize, status, workflowId },
    notifyOnNetworkStatusChange: true,
  });
  const runs = (data ?? previousData)?.executions;
  const rows = runs?.edges.map(({ node }) => node) ?? [];
  useRefreshing(rows, { status, workflowId });

  const filtered = status !== null || workflowId !== null;
  const filter = (name: string, value: string | null) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      if (value) next.set(name, value);
      else next.delete(name);
      return next;
    }, { replace: true });

  return (
    <>
      <PageHeader title="Runs" />
      {(rows.length > 0 || filtered || !runs) && (
        <ListToolbar>
          <Select
            aria-label="Status"
            placeholder="Any status"
            w={160}
            clearable
            data={statuses.map((each) => ({ value: each.toLowerCase(), label: statusWord(each) }))}
            value={status?.toLowerCase() ?? null}
            onChange={(value) => filter('status', value)}
          />
          <WorkflowFilter value={workflowId} onChange={(value) => filter('workflow', value)} />
        </ListToolbar>
      )}
      {error && !runs ? (
        <ErrorState title="The runs could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !runs || (rows.length === 0 && loading) ? (
        <SkeletonRows />
      ) : rows.length > 0 ? (
        <DataTable
          label="Runs"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/runs/${id}`}
          hasMore={runs.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: runs.pageInfo.endCursor } })}
        />
      ) : filtered ? (
        <EmptyState icon={<IconFilterOff size={24} />} title="No such runs" action={<Button component={Link} to="/runs" variant="default">Show all runs</Button>}>
          No run matches these filters.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconPlayerPlay size={24} />} title="No runs yet" action={<Button component={Link} to="/workflows">Go to the workflows</Button>}>
          Each time that a workflow runs, it is listed here: what it was given, what every step made of it, how long it took and what it used.
        </EmptyState>
      )}
    </>
  );
}

/** While a run in the list goes on, the list is asked for anew, all of its loaded pages at once so that it does not shrink. */
function useRefreshing(rows: readonly RunRow[], filters: { status: ExecutionStatus | null; workflowId: string | null }): void {
  const client = useApolloClient();
  const { status, workflowId } = filters;
  const first = Math.max(pageSize, rows.length);
  const needed = first <= largestPage && rows.some((row) => !isFinished(row.status));
  useEffect(() => {
    if (!needed) return;
    const refresh = () => {
      if (document.hidden) return;
      // A failure shows in the connection's state; the next attempt is soon.
      void client.query({ query: runsDocument, variables: { first, status, workflowId }, fetchPolicy: 'network-only' }).catch(() => undefined);
    };
    const timer = setInterval(refresh, refreshEveryMs);
    return () => clearInterval(timer);
  }, [client, needed, first, status, workflowId]);
}

function WorkflowFilter({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const { data } = useQuery(workflowChoicesDocument);
  const choices = data?.workflows.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? [];
  const known = !value || choices.some((choice) => choice.value === value);
  return (
    <Select
      aria-label="Workflow"
      placeholder="Any workflow"
      w={280}
      maw="100%"
      clearable
      searchable
      data={known ? choices : [...choices, { value, label: 'This workflow' }]}
      value={value}
      onChange={onChange}
    />
  );
}
