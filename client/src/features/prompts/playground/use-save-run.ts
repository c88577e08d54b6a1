import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { contentOf, type PromptDraft } from '../editor/prompt-draft';
import { afterNewVersion } from '../history/commit/after-new-version';
import { commitVersionDocument, previewCommitDocument } from '../history/commit/commit.operations';
import { promptLinks } from '../history/prompt-links';
import type { PromptPage } from '../prompt-page';

/** Saves what a column ran as the next version of the branch. */
export function useSaveRun({ prompt, branch, edited, onMessageChange, openCommit }: PromptPage) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [saving, setSaving] = useState<string>();

  const save = async (column: string, tried: PromptDraft) => {
    if (!edited || saving) return;
    setSaving(column);
    const message = `As tried in the playground with ${tried.settings.model}`;
    const content = contentOf(tried);
    try {
      const { data } = await client.query({ query: previewCommitDocument, variables: { input: { promptId: prompt.id, branch: branch.name, content } }, fetchPolicy: 'no-cache' });
      const preview = data?.previewPromptCommit;
      if (!preview) return;
      if (!preview.changed) return notifyDone(`Nothing differs from ${preview.head.version}: what you tried is saved already.`);
      // What was tried is the draft from now on, so that its model is not lost either.
      edited.change(() => tried);
      if (preview.bump === 'MAJOR' || preview.head.id !== edited.base.id) {
        // Somebody may be broken by it, or has committed meanwhile: that is to be seen first.
        onMessageChange(message);
        return openCommit();
      }
      const committed = await client.mutate({
        mutation: commitVersionDocument,
        variables: { input: { promptId: prompt.id, branch: branch.name, expectedHeadId: edited.base.id, message, ...content } },
      });
      const version = committed.data?.commitPromptVersion;
      if (!version) return;
      edited.committed(version, tried);
      notifyDone(`Version ${version.version} committed.`, { label: 'Show it', to: promptLinks.edit(prompt.id, branch.name, version.id) });
      await afterNewVersion(client);
    } catch (error) {
      const { code, message: said, fields } = problemOf(error);
      if (code === 'CONFLICT') await navigate(promptLinks.mergeDraft(prompt.id, branch.name));
      else notifyFailure(`It was not saved. ${fields[0]?.message ?? said}`);
    } finally {
      setSaving(undefined);
    }
  };
  return { saving, save };
}
