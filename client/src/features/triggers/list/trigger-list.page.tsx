import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconBolt, IconFilterOff, IconPlus } from '@tabler/icons-react';
import { useMemo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { AddressFilter } from '../../../ui/address-filter';
import { DataTable } from '../../../ui/data-table';
import { ListToolbar } from '../../../ui/list-toolbar';
import { PageHeader } from '../../../ui/page-header';
import { SearchInput } from '../../../ui/search-input';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { triggerFormTypes } from '../form/types/registry';
import { stateWord, triggerStates } from '../trigger-state';
import { triggersDocument, workflowChoicesDocument } from '../trigger.operations';
import { usePause } from '../use-pause';
import { triggerColumns } from './trigger-columns';
import { filterOf, isNarrowed } from './trigger-filter';

const refreshEveryMs = 10_000;

export default function TriggerListPage() {
  const [params] = useSearchParams();
  const mayWrite = usePermissions()('trigger:write');
  const { toggle } = usePause();
  const columns = useMemo(() => triggerColumns(mayWrite ? toggle : undefined), [mayWrite, toggle]);
  const { data, previousData, loading, error, refetch, fetchMore, networkStatus } = useQuery(triggersDocument, {
    variables: { first: 25, filter: filterOf(params) },
    notifyOnNetworkStatusChange: true,
    fetchPolicy: 'cache-and-network',
    pollInterval: refreshEveryMs,
    skipPollAttempt: () => document.hidden,
  });
  const triggers = (data ?? previousData)?.triggers;
  const rows = triggers?.edges.map(({ node }) => node) ?? [];
  const narrowed = isNarrowed(params);
  const create = mayWrite && <Button component={Link} to="/triggers/new" leftSection={<IconPlus size={16} />}>New trigger</Button>;
  return (
    <>
      <PageHeader title="Triggers" action={create} />
      {(rows.length > 0 || narrowed || !triggers) && <TriggerFilters />}
      {error && !triggers ? (
        <ErrorState title="The triggers could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !triggers || (rows.length === 0 && loading && networkStatus !== NetworkStatus.poll) ? (
        <SkeletonRows />
      ) : rows.length > 0 ? (
        <DataTable
          label="Triggers"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/triggers/${id}`}
          hasMore={triggers.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: triggers.pageInfo.endCursor } })}
        />
      ) : narrowed ? (
        <EmptyState icon={<IconFilterOff size={24} />} title="No such triggers" action={<Button component={Link} to="/triggers" variant="default">Show all triggers</Button>}>
          No trigger matches these filters.
        </EmptyState>
      ) : (
        <EmptyState icon={<IconBolt size={24} />} title="No triggers yet" action={create}>
          A trigger launches a workflow: on a schedule, for a webhook of another product, from a program, on an event, or by hand. Whatever arrives at it is kept, with what became of it.
        </EmptyState>
      )}
    </>
  );
}

function TriggerFilters() {
  const [params] = useSearchParams();
  const { data } = useQuery(workflowChoicesDocument);
  const workflows = data?.workflows.edges.map(({ node }) => ({ value: node.id, label: node.name })) ?? [];
  return (
    <ListToolbar>
      <SearchInput label="Search triggers" />
      <AddressFilter param="type" label="Type" any="Any type" width={144} choices={triggerFormTypes.map(({ type, label }) => ({ value: type.toLowerCase(), label }))} />
      <AddressFilter param="workflow" label="Workflow" any="Any workflow" width={200} choices={workflows} unknown="This workflow" />
      <AddressFilter param="state" label="State" any="Any state" width={144} choices={triggerStates.map((state) => ({ value: state.toLowerCase(), label: stateWord(state) }))} />
      {isNarrowed(params) && (
        <Button component={Link} to="/triggers" replace variant="subtle" color="gray" leftSection={<IconFilterOff size={16} />}>Clear filters</Button>
      )}
    </ListToolbar>
  );
}
