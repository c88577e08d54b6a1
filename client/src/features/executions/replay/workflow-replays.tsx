import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import type { ReplaysQuery } from '../../../gql/graphql';
import { DataTable, type Column } from '../../../ui/data-table';
import { ListToolbar } from '../../../ui/list-toolbar';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { usePolling } from '../use-polling';
import { ReplayDialog } from './replay-dialog';
import { isUnderWay, replayStatus } from './replay-words';
import { replaysDocument } from './replay.operations';

type ReplayRow = ReplaysQuery['replays']['edges'][number]['node'];

const columns: Column<ReplayRow>[] = [
  { header: 'Branch', cell: ({ branch }) => <span title={branch}>{branch}</span> },
  { header: 'Status', width: '128px', cell: ({ summary }) => <RunStatus status={replayStatus(summary)} quiet /> },
  { header: 'Ended', width: '96px', wideOnly: true, cell: ({ summary: { total, queued, running } }) => <span className="tabular">{total - queued - running} of {total}</span> },
  { header: 'Outputs changed', width: '136px', wideOnly: true, cell: ({ summary: { compared, changedOutputs } }) => <span className="tabular">{compared === 0 ? '—' : `${changedOutputs} of ${compared}`}</span> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ startedBy }) => startedBy.name },
  { header: 'Started', width: '144px', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
];

/** The replays of a workflow, and the way to one more. */
export function WorkflowReplays({ workflowId }: { workflowId: string }) {
  const mayStart = usePermissions()('execution:start');
  const [asking, setAsking] = useState(false);
  const { data, error, refetch, fetchMore, networkStatus, startPolling, stopPolling } = useQuery(replaysDocument, {
    variables: { workflowId },
    notifyOnNetworkStatusChange: true,
    skipPollAttempt: () => document.hidden,
  });
  const replays = data?.replays;
  const rows = replays?.edges.map(({ node }) => node) ?? [];
  usePolling(rows.some(({ summary }) => isUnderWay(summary)), startPolling, stopPolling);
  if (error && !replays) return <ErrorState title="The replays could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!replays) return <SkeletonRows rows={4} />;
  const start = mayStart && <Button variant="default" leftSection={<IconPlayerTrackNext size={16} />} onClick={() => setAsking(true)}>Replay on a branch…</Button>;
  return (
    <>
      {rows.length === 0 ? (
        <EmptyState icon={<IconPlayerTrackNext size={24} />} title="Nothing replayed yet" action={start}>
          A replay runs what this workflow was given of late once more, on a prompt branch, and shows what the branch would have changed before it is merged.
        </EmptyState>
      ) : (
        <>
          {start && <ListToolbar>{start}</ListToolbar>}
          <DataTable
            label="Replays of this workflow"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/replays/${id}`}
            hasMore={replays.pageInfo.hasNextPage}
            loadingMore={networkStatus === NetworkStatus.fetchMore}
            onLoadMore={() => void fetchMore({ variables: { after: replays.pageInfo.endCursor } })}
          />
        </>
      )}
      {asking && <ReplayDialog workflowId={workflowId} onClose={() => setAsking(false)} />}
    </>
  );
}
