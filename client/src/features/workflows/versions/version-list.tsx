import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { DataTable, type Column } from '../../../ui/data-table';
import { formatCount } from '../../../ui/format';
import { RelativeTime } from '../../../ui/relative-time';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { VersionView } from './version-view';
import { workflowVersionsDocument, type ReadVersion, type VersionRow } from './version.operations';

const columnsFor = (head: number): Column<VersionRow>[] => [
  { header: 'Version', width: '128px', cell: ({ number }) => <span className="tabular">{number}{number === head && ' · newest'}</span> },
  { header: 'What changed', cell: ({ message }) => <span title={message}>{message || '—'}</span> },
  { header: 'Steps', width: '96px', wideOnly: true, cell: ({ steps }) => <span className="tabular">{formatCount(steps.length, 'step')}</span> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ author }) => author.name },
  { header: 'Saved', width: '144px', cell: ({ createdAt }) => <RelativeTime time={createdAt} /> },
];

interface WorkflowVersionsProps {
  workflowId: string;
  head: number;
  /** Why none can be restored now; undefined: they can. */
  restoreBlocked: string | undefined;
  restoring: boolean;
  onRestore: (version: ReadVersion) => void;
}

/** All versions, newest first; and the one that the URL names, alone or beside another. */
export function WorkflowVersions({ workflowId, head, ...restoring }: WorkflowVersionsProps) {
  const [params, setParams] = useSearchParams();
  const { data, error, refetch, fetchMore, networkStatus } = useQuery(workflowVersionsDocument, {
    variables: { id: workflowId },
    notifyOnNetworkStatusChange: true,
  });
  const versions = data?.workflow.versions;
  const shown = params.get('version');
  const show = (changes: Record<string, string | null>) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next;
    });
  if (error && !versions) return <ErrorState title="The versions could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!versions) return <SkeletonRows rows={4} />;
  const rows = versions.edges.map(({ node }) => node);
  if (shown !== null) {
    return (
      <VersionView
        key={shown}
        id={shown}
        otherId={params.get('with')}
        others={rows}
        head={head}
        onCompare={(otherId) => show({ with: otherId })}
        onBack={() => show({ version: null, with: null })}
        {...restoring}
      />
    );
  }
  return (
    <DataTable
      label="Versions"
      columns={columnsFor(head)}
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `?tab=versions&version=${id}`}
      hasMore={versions.pageInfo.hasNextPage}
      loadingMore={networkStatus === NetworkStatus.fetchMore}
      onLoadMore={() => void fetchMore({ variables: { after: versions.pageInfo.endCursor } })}
    />
  );
}
