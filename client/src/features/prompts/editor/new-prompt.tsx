import { useMutation, useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { formProblem, problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { notifyUndo } from '../../../ui/notify-undo';
import { PageHeader } from '../../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { UnsavedChangesGuard } from '../../../ui/unsaved-changes';
import { useSaveKey } from '../../../ui/use-save-key';
import { createPromptDocument, modelsDocument } from '../prompt.operations';
import { ReadOnlyState } from '../read-only';
import { DraftConflictNotice } from './drafts/draft-conflict-notice';
import { DraftState } from './drafts/draft-state';
import { useNewPromptDraft, type NewPromptDraft } from './drafts/use-new-prompt-draft';
import { contentOf, messagesOf } from './prompt-draft';
import classes from './prompt-editor.module.css';
import { PromptWorkbench, type PromptWorkbenchHandle } from './prompt-workbench';

/** A prompt that is not there yet. What is written is kept as a draft; its first save makes it and its first version. */
export function NewPrompt() {
  const may = usePermissions();
  if (may('prompt:write')) return <NewPromptPage />;
  return (
    <>
      <PageHeader title="New prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]} />
      <ReadOnlyState title="You can’t write prompts here" />
    </>
  );
}

function NewPromptPage() {
  const { edited, error } = useNewPromptDraft();
  const { data } = useQuery(modelsDocument);
  if (edited && data) {
    const defaultModel = (data.models.find(({ simulated }) => simulated) ?? data.models[0])?.id ?? '';
    return <NewPromptForm edited={edited} defaultModel={defaultModel} />;
  }
  return (
    <>
      <PageHeader title="New prompt" crumbs={[{ label: 'Prompts', to: '/prompts' }]} />
      {error ? (
        <ErrorState title="What you have written of it could not be loaded" message={problemOf(error).message} onRetry={() => window.location.reload()} />
      ) : (
        <SkeletonRows rows={4} height={96} />
      )}
    </>
  );
}

function NewPromptForm({ edited, defaultModel }: { edited: NewPromptDraft; defaultModel: string }) {
  const navigate = useNavigate();
  const folderId = useSearchParams()[0].get('folder');
  const [createPrompt, { loading }] = useMutation(createPromptDocument);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [createdId, setCreatedId] = useState<string>();
  const nameField = useRef<HTMLInputElement>(null);
  const workbench = useRef<PromptWorkbenchHandle>(null);
  const { content: { name, description, kind, draft: written }, saving, change } = edited;
  const draft = written.settings.model ? written : { ...written, settings: { ...written.settings, model: defaultModel } };
  const unsaved = !createdId && edited.dirty && ['waiting', 'refused', 'conflict'].includes(saving.status);

  // Only once the guard below knows that nothing is unsaved any more.
  useEffect(() => {
    if (createdId) void navigate(`/prompts/${createdId}`, { replace: true });
  }, [createdId, navigate]);

  const save = async () => {
    if (loading || createdId) return;
    setProblem(null);
    if (!name.trim()) {
      setErrors({ name: 'Give the prompt a name.' });
      nameField.current?.focus();
      return;
    }
    // What is wrong stands under the text already.
    if (await workbench.current?.showFault()) return;
    const { messages, settings, variables, tools, outputSchema } = contentOf({ ...draft, messages: messagesOf(kind, draft) });
    try {
      const { data: created } = await createPrompt({
        variables: { input: { name, description, kind, folderId, messages, settings, variables, tools, outputSchema } },
        update: (cache) => cache.evict({ fieldName: 'prompts' }),
      });
      await edited.created();
      notifyDone(`“${name.trim()}” created.`);
      setCreatedId(created?.createPrompt.id);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'description']);
      setErrors(fieldErrors);
      setProblem(general);
      if (fieldErrors['name']) nameField.current?.focus();
    }
  };
  useSaveKey(() => void save());

  return (
    <>
      <PageHeader
        title="New prompt"
        crumbs={[{ label: 'Prompts', to: '/prompts' }]}
        facts={<DraftState saving={saving} />}
        action={
          <>
            {edited.dirty && <Button variant="default" onClick={() => notifyUndo('Draft discarded.', edited.discard())}>Discard</Button>}
            <Button onClick={() => void save()} loading={loading} title="Ctrl or ⌘ S">Create prompt</Button>
          </>
        }
      />
      <UnsavedChangesGuard when={unsaved} what={name.trim() ? `the new prompt “${name.trim()}”` : 'the new prompt'} />
      <PromptWorkbench
        ref={workbench}
        kind={kind}
        onKindChange={(next) => change((content) => ({ ...content, kind: next }))}
        draft={draft}
        onChange={(changeDraft) => change((content) => ({ ...content, draft: changeDraft({ ...content.draft, settings: { ...content.draft.settings, model: content.draft.settings.model || defaultModel } }) }))}
        above={
          <>
            {saving.status === 'conflict' && <DraftConflictNotice onUseTheirs={edited.useTheirs} onKeepMine={edited.keepMine} />}
            <FormAlert>{problem}</FormAlert>
            <div className={classes.fields}>
              <TextInput
                ref={nameField}
                label="Name"
                placeholder="Summarise a document"
                autoFocus
                maxLength={200}
                value={name}
                error={errors['name']}
                onChange={({ currentTarget: { value } }) => {
                  change((content) => ({ ...content, name: value }));
                  setErrors(({ name: _, ...others }) => others);
                }}
              />
              <TextInput
                label="What it is for"
                placeholder="Optional"
                maxLength={2_000}
                value={description}
                error={errors['description']}
                onChange={({ currentTarget: { value } }) => change((content) => ({ ...content, description: value }))}
              />
            </div>
          </>
        }
      />
    </>
  );
}
