import { useApolloClient, useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { notifyDone } from '../../../ui/notify';
import { commitPromptVersionDocument, promptDocument, promptVersionsDocument } from '../prompt.operations';
import { contentOf, type PromptDraft, type PromptVersion } from '../editor/prompt-draft';

interface PromptCommit {
  /** @returns the new version, or undefined where it was refused: `problem` then says why */
  commit: (content: PromptDraft, expectedHeadId: string, message: string) => Promise<PromptVersion | undefined>;
  busy: boolean;
  problem: string | null;
  clearProblem: () => void;
}

/** Commits content on top of the head that the edit began from. `onConflict` runs when there is another head by now, which is then loaded. */
export function usePromptCommit(promptId: string, onConflict: () => void): PromptCommit {
  const client = useApolloClient();
  const [mutate, { loading }] = useMutation(commitPromptVersionDocument, { refetchQueries: [promptVersionsDocument] });
  const [problem, setProblem] = useState<string | null>(null);
  return {
    busy: loading,
    problem,
    clearProblem: () => setProblem(null),
    async commit(content, expectedHeadId, message) {
      setProblem(null);
      try {
        const { data } = await mutate({ variables: { input: { promptId, expectedHeadId, message, ...contentOf(content) } } });
        const version = data?.commitPromptVersion;
        if (version) notifyDone(`Version ${version.version} committed.`);
        return version;
      } catch (error) {
        const { code, message: said, fields } = problemOf(error);
        if (code === 'CONFLICT') {
          await client.refetchQueries({ include: [promptDocument, promptVersionsDocument] });
          onConflict();
        }
        setProblem(fields.length > 0 ? fields.map(sentenceOf).join(' ') : said);
        return undefined;
      }
    },
  };
}

function sentenceOf({ field, message }: { field: string; message: string }): string {
  const index = /^input\.messages\.(\d+)\./.exec(field)?.[1];
  return index ? `Message ${Number(index) + 1}: ${message}` : message;
}
