import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { problemOf } from '../../api/api-errors';
import type { WorkflowVersionsQuery } from '../../gql/graphql';
import { DataTable, type Column } from '../../ui/data-table';
import { formatCount } from '../../ui/format';
import { RelativeTime } from '../../ui/relative-time';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { workflowVersionsDocument } from './workflow.operations';

type VersionRow = WorkflowVersionsQuery['workflow']['versions']['edges'][number]['node'];

const columnsFor = (head: number): Column<VersionRow>[] => [
  { header: 'Version', width: '128px', cell: ({ number }) => <span className="tabular">{number}{number === head && ' · newest'}</span> },
  { header: 'What changed', cell: ({ message }) => <span title={message}>{message || '—'}</span> },
  { header: 'Steps', width: '96px', wideOnly: true, cell: ({ steps }) => <span className="tabular">{formatCount(steps.length, 'step')}</span> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ author }) => author.name },
  { header: 'Saved', width: '144px', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
];

/** All versions, newest first. */
export function WorkflowVersions({ workflowId, head }: { workflowId: string; head: number }) {
  const { data, error, refetch, fetchMore, networkStatus } = useQuery(workflowVersionsDocument, {
    variables: { id: workflowId },
    notifyOnNetworkStatusChange: true,
  });
  const versions = data?.workflow.versions;
  if (error && !versions) return <ErrorState title="The versions could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!versions) return <SkeletonRows rows={4} />;
  return (
    <DataTable
      label="Versions"
      columns={columnsFor(head)}
      rows={versions.edges.map(({ node }) => node)}
      rowKey={({ id }) => id}
      hasMore={versions.pageInfo.hasNextPage}
      loadingMore={networkStatus === NetworkStatus.fetchMore}
      onLoadMore={() => void fetchMore({ variables: { after: versions.pageInfo.endCursor } })}
    />
  );
}
