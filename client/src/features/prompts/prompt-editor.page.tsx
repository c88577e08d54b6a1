import { useQuery } from '@apollo/client/react';
import { useParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { PageHeader } from '../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { NewPrompt } from './editor/new-prompt';
import { promptDocument } from './prompt.operations';
import { PromptEditor } from './prompt-editor';

export default function PromptEditorPage() {
  const { id } = useParams();
  return id ? <ExistingPrompt key={id} id={id} /> : <NewPrompt />;
}

function ExistingPrompt({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(promptDocument, { variables: { id } });
  if (data) return <PromptEditor prompt={data.prompt} />;
  return (
    <>
      <PageHeader title="Prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]} />
      {error ? (
        <ErrorState title="The prompt could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : (
        <SkeletonRows rows={4} height={96} />
      )}
    </>
  );
}
