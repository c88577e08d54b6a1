import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArrowUp, IconFilterOff, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { DataTable } from '../../../ui/data-table';
import { formatCount } from '../../../ui/format';
import { PageHeader } from '../../../ui/page-header';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { useSelection } from '../../../ui/use-selection';
import classes from './list.module.css';
import { runColumns } from './run-columns';
import { filterOf, isNarrowed } from './run-filter';
import { RunFilters } from './run-filters';
import { runsDocument } from './run-list.operations';
import { RunSelectionBar } from './run-selection-bar';
import { useLiveRuns } from './use-live-runs';

const pageSize = 25;

export default function RunListPage() {
  const [params] = useSearchParams();
  const [openedAt] = useState(() => Date.now());
  const filter = filterOf(params, openedAt);
  const mayStart = usePermissions()('execution:start');
  const { data, previousData, error, refetch, fetchMore, networkStatus, loading } = useQuery(runsDocument, {
    variables: { first: pageSize, filter },
    notifyOnNetworkStatusChange: true,
  });
  const runs = (data ?? previousData)?.executions;
  const loaded = runs?.edges.map(({ node }) => node) ?? [];
  useLiveRuns({ rows: loaded, filter, pageSize });
  const { rows, fresh, showFresh } = useHeldBack(loaded, JSON.stringify(filter), loading);
  const selection = useSelection(rows);

  const narrowed = isNarrowed(params);
  return (
    <>
      <PageHeader title="Runs" />
      {(rows.length > 0 || narrowed || !runs) && <RunFilters />}
      {fresh > 0 && (
        <div className={classes.fresh} role="status">
          <Button size="xs" radius="xl" leftSection={<IconArrowUp size={14} />} onClick={showFresh}>{formatCount(fresh, 'new run')}</Button>
        </div>
      )}
      {error && !runs ? (
        <ErrorState title="The runs could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !runs || (rows.length === 0 && loading) ? (
        <SkeletonRows />
      ) : rows.length > 0 ? (
        <>
          <DataTable
            label="Runs"
            columns={runColumns}
            rows={rows}
            rowKey={({ id }) => id}
            rowHref={({ id }) => `/runs/${id}`}
            ticks={mayStart ? { selection, nameOf: (id) => `the run of ${rows.find((row) => row.id === id)?.workflow.name ?? ''}` } : undefined}
            hasMore={runs.pageInfo.hasNextPage}
            loadingMore={networkStatus === NetworkStatus.fetchMore}
            onLoadMore={() => void fetchMore({ variables: { after: runs.pageInfo.endCursor } })}
          />
          <RunSelectionBar selection={selection} />
        </>
      ) : narrowed ? (
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

/** Rows that came after the list was shown are held back until they are asked for: nothing moves under the pointer. Ids come in the order of time. */
function useHeldBack<Row extends { id: string }>(loaded: readonly Row[], list: string, loading: boolean) {
  const [top, setTop] = useState<{ list: string; id: string }>();
  const newest = loaded[0]?.id;
  const shownUpTo = top?.list === list ? top.id : undefined;
  if (shownUpTo === undefined && newest !== undefined && !loading) setTop({ list, id: newest });
  const rows = shownUpTo === undefined ? loaded : loaded.filter(({ id }) => id <= shownUpTo);
  return {
    rows,
    fresh: loaded.length - rows.length,
    showFresh: () => {
      if (newest !== undefined) setTop({ list, id: newest });
    },
  };
}
