import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconArchive, IconFolderOpen, IconMessage2Code, IconPlus, IconSearch, IconSparkles } from '@tabler/icons-react';
import { Link, useNavigate } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { usePermissions } from '../../../../api/use-permissions';
import { notifyDone, notifyFailure } from '../../../../ui/notify';
import { EmptyState } from '../../../../ui/states';
import { createPromptDocument, modelsDocument } from '../../prompt.operations';
import { isFolder, places, type LibraryView } from './library-view';
import { samplePrompt } from './sample-prompt';

interface NoPromptsProps {
  view: LibraryView;
  narrowed: boolean;
  /** Of the folder that is shown. */
  folderName: string | undefined;
  newPromptHref: string;
  onClearFilters: () => void;
}

/** Why there is nothing to show, and what can be done about it. */
export function NoPrompts({ view, narrowed, folderName, newPromptHref, onClearFilters }: NoPromptsProps) {
  const mayWrite = usePermissions()('prompt:write');
  const create = mayWrite && <Button component={Link} to={newPromptHref} leftSection={<IconPlus size={16} />}>New prompt</Button>;
  if (narrowed) {
    return (
      <EmptyState icon={<IconSearch size={24} />} title="Nothing found" action={<Button variant="default" onClick={onClearFilters}>Clear search and filters</Button>}>
        {view.search ? <>No prompt{placeWords(view.place, folderName)} has “{view.search}” in its name, path, description, text or tags{hasOtherFilters(view) ? ' and fits the filters' : ''}.</> : <>No prompt{placeWords(view.place, folderName)} fits the filters.</>}
      </EmptyState>
    );
  }
  if (view.place === places.archived) {
    return <EmptyState icon={<IconArchive size={24} />} title="Nothing is archived">Prompts that are not worked on any more can be archived. They keep working for callers and workflows, and come back whenever you want.</EmptyState>;
  }
  if (view.place === places.unfiled) {
    return <EmptyState icon={<IconFolderOpen size={24} />} title="Every prompt is in a folder">Prompts that are in no folder show here.</EmptyState>;
  }
  if (isFolder(view.place)) {
    return (
      <EmptyState icon={<IconFolderOpen size={24} />} title={`${folderName ? `“${folderName}”` : 'This folder'} is empty`} action={create}>
        {mayWrite ? 'Write a prompt here, or go to all prompts and drag some onto the folder, or select them and choose “Move to folder”.' : 'Prompts that are moved here show here.'}
      </EmptyState>
    );
  }
  return <NoPromptsAtAll create={create} />;
}

const hasOtherFilters = ({ tags, kind, label }: LibraryView) => tags.length > 0 || !!kind || !!label;

const placeWords = (place: string, folderName: string | undefined) =>
  place === places.archived ? ' in the archive' : place === places.unfiled ? ' without a folder' : isFolder(place) ? ` in ${folderName ? `“${folderName}”` : 'this folder'}` : '';

function NoPromptsAtAll({ create }: { create: React.ReactNode }) {
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
      action={create && (
        <>
          {create}
          <Button variant="default" leftSection={<IconSparkles size={16} />} loading={loading} onClick={() => void createSample()}>Create a sample prompt</Button>
        </>
      )}
    >
      A prompt is text for a model, with variables in it. Every change becomes a version that you can go back to and that workflows use.
    </EmptyState>
  );
}
