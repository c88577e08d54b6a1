import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { problemOf } from '../../../../api/api-errors';
import { notifyDone } from '../../../../ui/notify';
import type { EditedDraft } from '../../editor/drafts/use-prompt-draft';
import { contentOf, draftOf } from '../../editor/prompt-draft';
import { afterNewVersion } from '../commit/after-new-version';
import { commitVersionDocument } from '../commit/commit.operations';
import type { Bump } from '../diff/diff.operations';
import { mergeBranchDocument, type MergePreview } from './merge.operations';
import { resolutionsToSend, type Resolutions } from './resolutions';

export type MergeSource = { branch: string } | { draft: EditedDraft };

interface MergeRequest {
  preview: MergePreview;
  resolutions: Resolutions;
  message: string;
  bump: Bump | null;
}

/** Makes the version that a preview showed. A CONFLICT means that one of the sides has moved on: `onOvertaken` then looks again. */
export function useMerge(promptId: string, target: string, source: MergeSource, onOvertaken: () => void) {
  const [mergeBranch, merging] = useMutation(mergeBranchDocument);
  const [commit, committing] = useMutation(commitVersionDocument);
  const [problem, setProblem] = useState<string | null>(null);
  const client = merging.client;

  const make = async ({ preview, resolutions, message, bump }: MergeRequest) => {
    if ('draft' in source) {
      const merged = draftOf(preview.content);
      const { data } = await commit({ variables: { input: { promptId, branch: target, expectedHeadId: preview.ours.id, message, bump, ...contentOf(merged) } } });
      if (data) source.draft.committed(data.commitPromptVersion, source.draft.draft);
      return data?.commitPromptVersion;
    }
    const { data } = await mergeBranch({
      variables: {
        input: {
          promptId, target, source: source.branch, message, bump,
          resolutions: resolutionsToSend(preview.conflicts, resolutions),
          expectedTargetHeadId: preview.ours.id,
          expectedSourceHeadId: preview.theirs?.id ?? null,
        },
      },
    });
    return data?.mergePromptBranch;
  };

  return {
    busy: merging.loading || committing.loading,
    problem,
    /** @returns whether it was done */
    merge: async (request: MergeRequest): Promise<boolean> => {
      setProblem(null);
      try {
        const version = await make(request);
        if (!version) return false;
        notifyDone(`Version ${version.version} on ${target} has both.`);
        await afterNewVersion(client);
        return true;
      } catch (error) {
        const { code, message, fields } = problemOf(error);
        setProblem(fields.length > 0 ? fields.map((field) => field.message).join(' ') : message);
        if (code === 'CONFLICT') onOvertaken();
        return false;
      }
    },
  };
}
