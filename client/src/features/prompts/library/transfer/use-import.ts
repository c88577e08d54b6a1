import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import type { ImportPromptsMutation } from '../../../../gql/graphql';
import { useLibraryChanged } from '../library-changes';
import { importPromptsDocument } from '../library.operations';
import type { ImportPart } from './import-document';

type Imported = ImportPromptsMutation['importPrompts']['imported'][number];
type Problem = Pick<ImportPromptsMutation['importPrompts']['problems'][number], 'prompt' | 'message'> & { missingPath?: string | null };

export interface ImportProgress {
  /** Parts that were dealt with. */
  done: number;
  of: number;
  imported: readonly Imported[];
  problems: readonly Problem[];
  state: 'running' | 'stopped' | 'finished';
}

/** Imports a document part by part. What was imported stays, whatever becomes of the rest. */
export function useImport() {
  const client = useApolloClient();
  const changed = useLibraryChanged();
  const [progress, setProgress] = useState<ImportProgress>();
  const stopped = useRef(false);

  const importPart = async ({ names, document, tooLarge }: ImportPart, folderId: string | null): Promise<Pick<ImportProgress, 'imported' | 'problems'>> => {
    const refused = (message: string) => ({ imported: [], problems: names.map((prompt) => ({ prompt, message })) });
    if (tooLarge) return refused('It is larger than 1 MB with its history, which is more than the server takes at once.');
    try {
      const { data } = await client.mutate({ mutation: importPromptsDocument, variables: { input: { document, folderId } } });
      return data?.importPrompts ?? refused('The server gave no answer.');
    } catch (error) {
      const { message, fields } = problemOf(error);
      return refused(fields.length > 0 ? fields.map((field) => field.message).join(' ') : message);
    }
  };
  return {
    progress,
    stop: () => {
      stopped.current = true;
    },
    run: async (parts: readonly ImportPart[], folderId: string | null) => {
      stopped.current = false;
      let current: ImportProgress = { done: 0, of: parts.length, imported: [], problems: [], state: 'running' };
      setProgress(current);
      for (const part of parts) {
        if (stopped.current) break;
        const { imported, problems } = await importPart(part, folderId);
        const all = [...current.imported, ...imported];
        current = { ...current, done: current.done + 1, imported: all, problems: stillMissing([...current.problems, ...problems], all) };
        setProgress(current);
      }
      setProgress({ ...current, state: current.done < current.of ? 'stopped' : 'finished' });
      changed();
    },
  };
}

/** What one part misses may come with a later one. */
function stillMissing(problems: readonly Problem[], imported: readonly Imported[]): Problem[] {
  const paths = new Set(imported.map(({ path }) => path));
  return problems.filter(({ missingPath }) => !missingPath || !paths.has(missingPath));
}
