import { useMutation, useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { formProblem } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { PageHeader } from '../../../ui/page-header';
import { UnsavedChangesGuard } from '../../../ui/unsaved-changes';
import { useSaveKey } from '../../../ui/use-save-key';
import { createPromptDocument, modelsDocument } from '../prompt.operations';
import { contentOf, emptyDraft, type PromptKind } from './prompt-draft';
import classes from './prompt-editor.module.css';
import { PromptWorkbench, textMessageOf } from './prompt-workbench';

const fieldNames = ['name', 'description', 'settings.model', 'settings.temperature', 'settings.maxOutputTokens'];

/** A prompt that is not there yet. Its first save makes it and its first version. */
export function NewPrompt() {
  const navigate = useNavigate();
  const { data } = useQuery(modelsDocument);
  const [createPrompt, { loading }] = useMutation(createPromptDocument);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const [kind, setKind] = useState<PromptKind>('TEXT');
  const [written, setDraft] = useState(() => emptyDraft(''));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [createdId, setCreatedId] = useState<string>();
  const nameField = useRef<HTMLInputElement>(null);

  const defaultModel = (data?.models.find(({ simulated }) => simulated) ?? data?.models[0])?.id ?? '';
  const draft = { ...written, settings: { ...written.settings, model: written.settings.model || defaultModel } };
  const dirty = !createdId && (name !== '' || description !== '' || written.messages.some(({ content }) => content !== ''));

  // Only once the guard below knows that nothing is unsaved any more.
  useEffect(() => {
    if (createdId) void navigate(`/prompts/${createdId}`, { replace: true });
  }, [createdId, navigate]);

  const save = async () => {
    if (loading) return;
    setProblem(null);
    if (!name.trim()) {
      setErrors({ name: 'Give the prompt a name.' });
      nameField.current?.focus();
      return;
    }
    const { messages, settings } = contentOf(draft);
    const text = textMessageOf(draft);
    try {
      const { data: created } = await createPrompt({
        variables: {
          input: {
            name,
            description,
            kind,
            messages: kind === 'TEXT' ? [{ role: 'USER', content: text?.content ?? '' }] : messages,
            settings,
          },
        },
        update: (cache) => cache.evict({ fieldName: 'prompts' }),
      });
      notifyDone(`“${name.trim()}” created.`);
      setCreatedId(created?.createPrompt.id);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, fieldNames);
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
        action={<Button onClick={() => void save()} loading={loading} title="Ctrl or ⌘ S">Create prompt</Button>}
      />
      <UnsavedChangesGuard when={dirty} what={name.trim() ? `the new prompt “${name.trim()}”` : 'the new prompt'} />
      <PromptWorkbench
        kind={kind}
        onKindChange={setKind}
        draft={draft}
        onChange={(change) => setDraft((current) => change({ ...current, settings: { ...current.settings, model: current.settings.model || defaultModel } }))}
        errors={errors}
        above={
          <>
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
                  setName(value);
                  setErrors(({ name: _, ...others }) => others);
                }}
              />
              <TextInput
                label="What it is for"
                placeholder="Optional"
                maxLength={2_000}
                value={description}
                error={errors['description']}
                onChange={({ currentTarget: { value } }) => setDescription(value)}
              />
            </div>
          </>
        }
      />
    </>
  );
}
