import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconFilterOff, IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { DataTable } from '../../ui/data-table';
import { PageHeader } from '../../ui/page-header';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states';
import { auditColumns } from './audit-columns';
import { AuditEntryDrawer } from './audit-entry-drawer';
import { filterOf, isNarrowed } from './audit-filter';
import { AuditFilters } from './audit-filters';
import { auditLogDocument } from './audit.operations';
import { ExportMenu } from './export-menu';

const pageSize = 50;

/** What was done in the workspace, by whom and from where. */
export default function AuditLogPage() {
  const [params, setParams] = useSearchParams();
  const [openedAt] = useState(() => Date.now());
  const filter = filterOf(params, openedAt);
  const { data, previousData, error, refetch, fetchMore, networkStatus, loading } = useQuery(auditLogDocument, {
    variables: { first: pageSize, filter },
    notifyOnNetworkStatusChange: true,
    // Others add to it all the time.
    fetchPolicy: 'cache-and-network',
  });
  const log = (data ?? previousData)?.auditLog;
  const rows = log?.edges.map(({ node }) => node) ?? [];
  const shown = params.get('entry');
  const change = (changes: Record<string, string | null>) =>
    setParams((current) => {
      const next = new URLSearchParams(current);
      for (const [name, value] of Object.entries(changes)) {
        if (value === null) next.delete(name);
        else next.set(name, value);
      }
      return next;
    }, { preventScrollReset: true });
  const narrowed = isNarrowed(params);
  const names = {
    actor: rows.find(({ actorId }) => actorId === params.get('actor'))?.actorName,
    object: rows.find(({ subjectId }) => subjectId === params.get('object'))?.subjectName ?? undefined,
  };
  return (
    <>
      <PageHeader title="Audit log" crumbs={[{ label: 'Settings', to: '/settings' }]} action={<ExportMenu filter={filter} params={params} />} />
      {(rows.length > 0 || narrowed || !log) && <AuditFilters names={names} />}
      {error && !log ? (
        <ErrorState title="The audit log could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !log || (rows.length === 0 && loading) ? (
        <SkeletonRows />
      ) : rows.length > 0 ? (
        <DataTable
          label="Audit log"
          columns={auditColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => hrefOf(params, id)}
          hasMore={log.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: log.pageInfo.endCursor } })}
        />
      ) : narrowed ? (
        <EmptyState icon={<IconFilterOff size={24} />} title="Nothing of the kind" action={<Button component={Link} to="/settings/audit" variant="default">Show the whole log</Button>}>
          Nothing in the log matches these filters.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconListSearch size={24} />} title="Nothing yet">
          Every change in this workspace is listed here, and every use of a secret: who, what, when and from where. Nothing of it can be changed afterwards.
        </EmptyState>
      )}
      {shown && <AuditEntryDrawer key={shown} id={shown} onNarrow={(name, value) => change({ entry: null, who: name === 'actor' ? null : params.get('who'), [name]: value })} onClose={() => change({ entry: null })} />}
    </>
  );
}

function hrefOf(params: URLSearchParams, id: string): string {
  const next = new URLSearchParams(params);
  next.set('entry', id);
  return `?${next.toString()}`;
}
