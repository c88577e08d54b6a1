import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { notifyDone } from '../../../../ui/notify';
import type { EditedDraft } from '../../editor/drafts/use-prompt-draft';
import { contentOf } from '../../editor/prompt-draft';
import type { Bump } from '../diff/diff.operations';
import { afterNewVersion } from './after-new-version';
import { commitVersionDocument } from './commit.operations';

export interface CommitRequest {
  message: string;
  /** Raises the bump; null: as derived. */
  bump: Bump | null;
  moveLabel: string | null;
}

interface Commit {
  /** @returns whether it was done; where not, `problem` says why, or `onOvertaken` was called */
  commit: (request: CommitRequest) => Promise<boolean>;
  /** From when it is asked for; it stays so once it is done. */
  busy: boolean;
  problem: string | null;
}

/** Commits a draft on top of the version that it was written on. `onOvertaken` runs when the branch has another head by now. */
export function useCommit(promptId: string, branch: string, edited: EditedDraft, onOvertaken: () => void): Commit {
  const [mutate, { client }] = useMutation(commitVersionDocument);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    busy,
    problem,
    async commit({ message, bump, moveLabel }) {
      setProblem(null);
      setBusy(true);
      const { draft, base } = edited;
      try {
        const { data } = await mutate({ variables: { input: { promptId, branch, expectedHeadId: base.id, message, bump, moveLabel, ...contentOf(draft) } } });
        if (!data) throw new Error('The server did not say which version was made.');
        const version = data.commitPromptVersion;
        edited.committed(version, draft);
        notifyDone(`Version ${version.version} committed${moveLabel ? `; ${moveLabel} is there now` : ''}.`);
        await afterNewVersion(client);
        return true;
      } catch (error) {
        setBusy(false);
        const found = problemOf(error);
        if (found.code === 'CONFLICT' && isOvertaken(found.conflict)) onOvertaken();
        else setProblem(found.fields.length > 0 ? found.fields.map(sentenceOf).join(' ') : found.message);
        return false;
      }
    },
  };
}

const isOvertaken = (conflict: unknown): boolean => typeof conflict === 'object' && conflict !== null && 'headVersionId' in conflict;

/** Where a message is at fault, which one: the dialog does not show them. */
export function sentenceOf({ field, message }: { field: string; message: string }): string {
  const index = /^input\.(?:content\.)?messages\.(\d+)\./.exec(field)?.[1];
  return index ? `Message ${Number(index) + 1}: ${message}` : message;
}
