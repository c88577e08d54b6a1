import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Loader, Stack } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import type { LibraryPromptFragment, PromptUsesQuery } from '../../../../gql/graphql';
import { ConfirmDialog } from '../../../../ui/confirm-dialog';
import { FormAlert } from '../../../../ui/form-alert';
import { notifyDone } from '../../../../ui/notify';
import { useFocusBack } from '../../../../ui/use-focus-back';
import { useLibraryChanged } from '../library-changes';
import { deletePromptDocument, promptUsesDocument } from '../library.operations';
import { brokenUsesOf, isBroken, usesOfPrompt, type BrokenUses } from './broken-uses';
import { BrokenUsesList } from './broken-uses-list';

interface DeletePromptProps {
  prompt: LibraryPromptFragment;
  onDeleted: () => void;
  onCancel: () => void;
}

/** Asks before a prompt is deleted, naming what is lost with it and what breaks. */
export function DeletePromptDialog({ prompt, onDeleted, onCancel }: DeletePromptProps) {
  useFocusBack();
  const client = useApolloClient();
  const { data, loading: asking } = useQuery(promptUsesDocument, { variables: { id: prompt.id }, fetchPolicy: 'network-only' });
  const [refused, setRefused] = useState<BrokenUses>();
  const [problem, setProblem] = useState<string | null>(null);
  const [remove, { loading: deleting }] = useMutation(deletePromptDocument);
  const changed = useLibraryChanged();
  const broken = refused ?? (data && usesOfPrompt(data.prompt));
  const breaks = !!broken && isBroken(broken);

  const confirm = async () => {
    setProblem(null);
    try {
      await remove({ variables: { id: prompt.id, acceptBroken: breaks } });
    } catch (error) {
      const uses = brokenUsesOf(error);
      if (uses) setRefused(uses);
      else setProblem(problemOf(error).message);
      return;
    }
    notifyDone(`“${prompt.name}” deleted.`);
    onDeleted();
    changed();
    client.cache.evict({ id: client.cache.identify({ __typename: 'Prompt', id: prompt.id }) });
  };
  return (
    <ConfirmDialog
      opened
      title={`Delete “${prompt.name}”?`}
      confirmLabel={breaks ? 'Delete anyway' : 'Delete prompt'}
      busy={deleting || asking}
      onConfirm={() => void confirm()}
      onCancel={onCancel}
    >
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <div>{whatIsLost(prompt, data?.prompt)} Nothing brings them back. To keep them out of the way instead, archive the prompt.</div>
        {asking && !data && <Loader size="sm" aria-label="Looking for what uses it" />}
        {broken && breaks && (
          <FormAlert>
            <strong>These fail from then on:</strong>
            <BrokenUsesList uses={broken} />
          </FormAlert>
        )}
      </Stack>
    </ConfirmDialog>
  );
}

function whatIsLost({ head, labels }: LibraryPromptFragment, prompt: PromptUsesQuery['prompt'] | undefined): string {
  const branches = prompt?.branches.filter(({ name }) => name !== 'main').map(({ name }) => name) ?? [];
  const parts = [
    `all its versions up to ${head.version}`,
    ...(branches.length > 0 ? [`its branches ${branches.join(', ')}`] : []),
    ...(labels.length > 0 ? [`its labels ${labels.map(({ name }) => name).join(', ')}`] : []),
    'its drafts',
    'its runs in the playground',
  ];
  return `Lost with it: ${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}.`;
}
