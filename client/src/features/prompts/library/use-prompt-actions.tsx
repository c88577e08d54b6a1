import { useApolloClient, useMutation } from '@apollo/client/react';
import { IconArchive, IconArrowRight } from '@tabler/icons-react';
import { problemOf } from '../../../api/api-errors';
import type { LibraryPromptFragment } from '../../../gql/graphql';
import { formatCount } from '../../../ui/format';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { notifyUndo } from '../../../ui/notify-undo';
import { saveFile } from '../../../ui/save-file';
import { archivePromptDocument, exportPromptsDocument, movePromptsDocument, unarchivePromptDocument } from './library.operations';
import { useLibraryChanged } from './library-changes';

/** One prompt by its name, several by their number: `“Reply”`, `3 prompts`. */
export const nameOfAll = (prompts: readonly { name: string }[]): string => (prompts.length === 1 ? `“${prompts[0]?.name}”` : `${prompts.length} prompts`);

/** How many prompts an export holds. */
function numberIn(document: unknown): number {
  return typeof document === 'object' && document !== null && 'prompts' in document && Array.isArray(document.prompts) ? document.prompts.length : 0;
}

/** What can be done with prompts at once, without a question, because it can be undone or changes nothing. Says what became of it. */
export function usePromptActions() {
  const client = useApolloClient();
  const changed = useLibraryChanged();
  const [archiveOne] = useMutation(archivePromptDocument);
  const [unarchiveOne] = useMutation(unarchivePromptDocument);
  const [moveAll] = useMutation(movePromptsDocument);

  const attempt = async (failure: string, act: () => Promise<unknown>): Promise<boolean> => {
    try {
      await act();
      return true;
    } catch (error) {
      notifyFailure(`${failure} ${problemOf(error).message}`);
      return false;
    } finally {
      changed();
    }
  };
  const setArchived = (prompts: readonly LibraryPromptFragment[], archived: boolean) =>
    attempt(archived ? 'Not everything was archived.' : 'Not everything was taken out of the archive.', () =>
      Promise.all(prompts.map(({ id }) => (archived ? archiveOne : unarchiveOne)({ variables: { id } }))),
    );
  const moveTo = (ids: readonly string[], folderId: string | null) =>
    attempt('The prompts stay where they were.', () => moveAll({ variables: { ids: [...ids], folderId } }));

  return {
    archive: async (prompts: readonly LibraryPromptFragment[]) => {
      if (!(await setArchived(prompts, true))) return;
      notifyUndo(`${nameOfAll(prompts)} archived. Callers and workflows go on as before.`, () => void setArchived(prompts, false), <IconArchive size={16} />);
    },
    unarchive: async (prompts: readonly LibraryPromptFragment[]) => {
      if (!(await setArchived(prompts, false))) return;
      notifyUndo(`${nameOfAll(prompts)} taken out of the archive.`, () => void setArchived(prompts, true), <IconArchive size={16} />);
    },
    /** @param where how the folder is called: `“Support”`, `no folder` */
    move: async (prompts: readonly LibraryPromptFragment[], folderId: string | null, where: string) => {
      const elsewhere = prompts.filter(({ folder }) => (folder?.id ?? null) !== folderId);
      if (elsewhere.length === 0) return notifyDone(`${nameOfAll(prompts)} ${prompts.length === 1 ? 'is' : 'are'} there already.`);
      if (!(await moveTo(elsewhere.map(({ id }) => id), folderId))) return;
      const putBack = async () => {
        for (const from of new Set(elsewhere.map(({ folder }) => folder?.id ?? null))) {
          await moveTo(elsewhere.filter(({ folder }) => (folder?.id ?? null) === from).map(({ id }) => id), from);
        }
      };
      notifyUndo(`${nameOfAll(elsewhere)} moved to ${where}.`, () => void putBack(), <IconArrowRight size={16} />);
    },
    exportToFile: async (prompts: readonly LibraryPromptFragment[]) => {
      try {
        const { data } = await client.query({ query: exportPromptsDocument, variables: { ids: prompts.map(({ id }) => id) }, fetchPolicy: 'no-cache' });
        const name = prompts.length === 1 ? prompts[0]?.path.replaceAll('/', '-') : `prompts-${new Date().toISOString().slice(0, 10)}`;
        saveFile(`${name}.json`, `${JSON.stringify(data?.exportPrompts, null, 2)}\n`, 'application/json');
        const more = numberIn(data?.exportPrompts) - prompts.length;
        notifyDone(`${nameOfAll(prompts)} exported with the whole history${more > 0 ? `, and ${formatCount(more, 'prompt')} that ${more === 1 ? 'is' : 'are'} included` : ''}.`);
      } catch (error) {
        notifyFailure(`Nothing was exported. ${problemOf(error).message}`);
      }
    },
  };
}
