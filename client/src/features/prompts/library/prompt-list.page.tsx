import { NetworkStatus } from '@apollo/client';
import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconMessage2Code, IconPlus, IconSearch, IconSparkles } from '@tabler/icons-react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { PromptsQuery } from '../../../gql/graphql';
import { DataTable, type Column } from '../../../ui/data-table';
import { formatCount } from '../../../ui/format';
import { ListToolbar } from '../../../ui/list-toolbar';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { PageHeader } from '../../../ui/page-header';
import { RelativeTime } from '../../../ui/relative-time';
import { SearchInput } from '../../../ui/search-input';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { createPromptDocument, modelsDocument, promptsDocument } from '../prompt.operations';
import { NameAndDescription } from '../../../ui/name-and-description';
import { samplePrompt } from './sample-prompt';

type PromptRow = PromptsQuery['prompts']['edges'][number]['node'];

const columns: Column<PromptRow>[] = [
  { header: 'Name', cell: ({ name, description }) => <NameAndDescription name={name} description={description} /> },
  { header: 'Kind', width: '88px', wideOnly: true, cell: ({ kind }) => (kind === 'CHAT' ? 'Chat' : 'Text') },
  { header: 'Variables', width: '128px', wideOnly: true, cell: ({ head }) => formatCount(head.variables.length, 'variable') },
  { header: 'Version', width: '96px', cell: ({ head }) => <span className="tabular">{head.version}</span> },
  { header: 'Last change', width: '144px', wideOnly: true, cell: ({ head }) => <RelativeTime time={head.createdAt} /> },
  { header: 'By', width: '160px', wideOnly: true, cell: ({ head }) => head.author.name },
];

export default function PromptListPage() {
  const search = useSearchParams()[0].get('search') ?? '';
  const { data, previousData, loading, error, refetch, fetchMore, networkStatus } = useQuery(promptsDocument, {
    variables: { first: 20, search: search || null },
    notifyOnNetworkStatusChange: true,
  });
  const prompts = (data ?? previousData)?.prompts;
  const rows = prompts?.edges.map(({ node }) => node) ?? [];
  const isEmpty = !!prompts && rows.length === 0;

  return (
    <>
      <PageHeader
        title="Prompts"
        action={<Button component={Link} to="/prompts/new" leftSection={<IconPlus size={16} />}>New prompt</Button>}
      />
      {!(isEmpty && !search) && (
        <ListToolbar>
          <SearchInput label="Search prompts" />
        </ListToolbar>
      )}
      {error && !prompts ? (
        <ErrorState title="The prompts could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !prompts ? (
        <SkeletonRows />
      ) : isEmpty && search && !loading ? (
        <EmptyState icon={<IconSearch size={24} />} title="Nothing found" action={<Button variant="default" component={Link} to="/prompts">Show all prompts</Button>}>
          No prompt’s name has “{search}” in it.
        </EmptyState>
      ) : isEmpty ? (
        <NoPrompts />
      ) : (
        <DataTable
          label="Prompts"
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/prompts/${id}`}
          hasMore={prompts.pageInfo.hasNextPage}
          loadingMore={networkStatus === NetworkStatus.fetchMore}
          onLoadMore={() => void fetchMore({ variables: { after: prompts.pageInfo.endCursor } })}
        />
      )}
    </>
  );
}

function NoPrompts() {
  const navigate = useNavigate();
  const { data } = useQuery(modelsDocument);
  const [createPrompt, { loading }] = useMutation(createPromptDocument);
  const createSample = async () => {
    const model = data?.models.find(({ simulated }) => simulated) ?? data?.models[0];
    if (!model) return notifyFailure('The server offers no model now, so a prompt can’t be made yet.');
    try {
      const { data: created } = await createPrompt({
        variables: { input: { ...samplePrompt, settings: { model: model.id } } },
        update: (cache) => cache.evict({ fieldName: 'prompts' }),
      });
      notifyDone('Sample prompt created.');
      if (created) await navigate(`/prompts/${created.createPrompt.id}`);
    } catch (error) {
      notifyFailure(`The sample was not created. ${problemOf(error).message}`);
    }
  };
  return (
    <EmptyState
      icon={<IconMessage2Code size={24} />}
      title="No prompts yet"
      action={
        <>
          <Button component={Link} to="/prompts/new" leftSection={<IconPlus size={16} />}>New prompt</Button>
          <Button variant="default" leftSection={<IconSparkles size={16} />} loading={loading} onClick={() => void createSample()}>Create a sample prompt</Button>
        </>
      }
    >
      A prompt is text for a model, with variables in it. Every change becomes a version that you can go back to and that workflows use.
    </EmptyState>
  );
}
