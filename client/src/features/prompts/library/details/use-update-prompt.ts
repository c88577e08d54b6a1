import { useMutation } from '@apollo/client/react';
import type { UpdatePromptInput } from '../../../../gql/graphql';
import { useLibraryChanged } from '../library-changes';
import { updatePromptDocument } from '../library.operations';

/** Changes how a prompt is described; rejects with what the server has against it. */
export function useUpdatePrompt(id: string) {
  const [update, { loading }] = useMutation(updatePromptDocument);
  const changed = useLibraryChanged();
  return {
    busy: loading,
    save: async (change: Omit<UpdatePromptInput, 'id'>) => {
      await update({ variables: { input: { id, ...change } } });
      changed();
    },
  };
}
