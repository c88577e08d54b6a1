import { NetworkStatus } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPlus, IconRoute, IconSearch, IconSparkles } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { usePermissions } from '../../api/use-permissions';
import type { WorkflowsQuery } from '../../gql/graphql';
import { DataTable, type Column } from '../../ui/data-table';
import { formatCount } from '../../ui/format';
import { ListToolbar } from '../../ui/list-toolbar';
import { NameAndDescription } from '../../ui/name-and-description';
import { PageHeader } from '../../ui/page-header';
import { RelativeTime } from '../../ui/relative-time';
import { SearchInput } from '../../ui/search-input';
import { EmptyState, ErrorState, SkeletonRows } from '../../ui/states';
import { useSampleWorkflow } from './use-sample-workflow';
import { workflowsDocument } from './workflow.operations';

type WorkflowRow = WorkflowsQuery['workflows']['edges'][number]['node'];

const columns: Column<WorkflowRow>[] = [
  { header: 'Name', cell: ({ name, description }) => <NameAndDescription name={name} description={description} /> },
  { header: 'Steps', width: '96px', wideOnly: true, cell: ({ head }) => <span className="tabular">{formatCount(head.steps.length, 'step')}</span> },
  { header: 'Version', width: '96px', cell: ({ head }) => <span className="tabular">{head.number}</span> },
  { header: 'Last change', width: '144px', wideOnly: true, cell: ({ updatedAt }) => <RelativeTime time={updatedAt} /> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ head }) => head.author.name },
];

export default function WorkflowListPage() {
  const mayWrite = usePermissions()('workflow:write');
  const search = useSearchParams()[0].get('search') ?? '';
  const { data, previousData, loading, error, refetch, fetchMore, networkStatus } = useQuery(workflowsDocument, {
    variables: { first: 20, search: search || null },
    notifyOnNetworkStatusChange: true,
  });
  const workflows = (data ?? previousData)?.workflows;
  const rows = workflows?.edges.map(({ node }) => node) ?? [];
  const isEmpty = !!workflows && rows.length === 0;

  return (
    <>
      <PageHeader
        title="Workflows"
        action={mayWrite && <Button component={Link} to="/workflows/new" leftSection={<IconPlus size={16} />}>New workflow</Button>}
      />
      {!(isEmpty && !search) && (
        <ListToolbar>
          <SearchInput label="Search workflows" />
        </ListToolbar>
      )}
      {error && !workflows ? (
        <ErrorState title="The workflows could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !workflows ? (
        <SkeletonRows />
      ) : isEmpty && search && !loading ? (
        <EmptyState
          icon={<IconSearch size={24} />}
          title="Nothing found"
          action={<Button variant="default" component={Link} to="/workflows">Show all workflows</Button>}
        >
          No workflow’s name has “{search}” in it.
        </EmptyState>
      ) : isEmpty ? (
        <NoWorkflows mayWrite={mayWrite} />
      ) : (
        <DataTable
          label="Workflows"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/workflows/${id}`}
          hasMore={workflows.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: workflows.pageInfo.endCursor } })}
        />
      )}
    </>
  );
}

function NoWorkflows({ mayWrite }: { mayWrite: boolean }) {
  const { create, busy } = useSampleWorkflow();
  return (
    <EmptyState
      icon={<IconRoute size={24} />}
      title="No workflows yet"
      action={mayWrite && (
        <>
          <Button component={Link} to="/workflows/new" leftSection={<IconPlus size={16} />}>New workflow</Button>
          <Button variant="default" leftSection={<IconSparkles size={16} />} loading={busy} onClick={create}>Create a sample workflow</Button>
        </>
      )}
    >
      A workflow chains prompts: each step works on what you give the workflow and on what earlier steps made. You watch every run of it live.
    </EmptyState>
  );
}
