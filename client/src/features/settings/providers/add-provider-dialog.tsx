import { useMutation } from '@apollo/client/react';
import { Button, Collapse, Group, Modal, PasswordInput, Radio, Stack, TagsInput, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formProblem } from '../../../api/api-errors';
import type { ProviderKind } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { useFocusBack } from '../../../ui/use-focus-back';
import { kindNames, providerKinds, slugOf } from './provider-kinds';
import { createProviderDocument } from './provider.operations';
import classes from './providers.module.css';
import { changesModels, useProviderTest } from './use-provider-actions';

/** Open from when it is mounted. What was added is tested at once and shown. */
export function AddProviderDialog({ onClose }: { onClose: () => void }) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title="Add a provider" size={520}>
      <AddProviderForm onClose={onClose} />
    </Modal>
  );
}

interface Draft {
  provider: ProviderKind;
  name: string;
  key: string;
  baseUrl: string;
  slug: string;
  models: string[];
}

const empty: Draft = { provider: 'OPENAI', name: '', key: '', baseUrl: '', slug: '', models: [] };

function AddProviderForm({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const [draft, setDraft] = useState(empty);
  const [more, setMore] = useState(false);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createProviderDocument, changesModels);
  const { test, testing } = useProviderTest();
  const { label, keyHint, baseUrl: usualUrl } = providerKinds[draft.provider];
  const name = draft.name.trim() || (usualUrl ? label : '');
  const change = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
    setErrors({});
  };

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    const { provider, key, baseUrl, slug, models } = draft;
    try {
      const { data } = await create({ variables: { input: { provider, name, key, models, baseUrl: baseUrl.trim() || null, slug: slug.trim() || null } } });
      if (!data) return;
      const added = data.createProviderCredential;
      await test(added);
      onClose();
      await navigate(`?provider=${added.id}`);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, Object.keys(empty));
      setErrors(fieldErrors);
      setProblem(general);
      if (fieldErrors['slug'] || fieldErrors['models']) setMore(true);
    }
  };
  const address = (
    <TextInput
      label="Address"
      placeholder={usualUrl ?? 'https://llm.example.com/v1'}
      description={usualUrl ? 'Only for a gateway or proxy of your own. The key is sent nowhere else.' : 'Up to what stands before /chat/completions. The key is sent nowhere else.'}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autoComplete="off"
      spellCheck={false}
      value={draft.baseUrl}
      error={errors['baseUrl']}
      onChange={({ currentTarget }) => change({ baseUrl: currentTarget.value })}
    />
  );
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <Radio.Group label="Provider" value={draft.provider} onChange={(value) => change({ provider: kindNames.find((kind) => kind === value) ?? 'OPENAI' })}>
          <div className={classes.kinds}>
            {kindNames.map((kind) => (
              <Radio.Card key={kind} value={kind} className={classes.kindCard} data-autofocus={kind === draft.provider || undefined}>
                <strong>{providerKinds[kind].label}</strong>
                <span className={classes.about}>{providerKinds[kind].about}</span>
              </Radio.Card>
            ))}
          </div>
        </Radio.Group>
        <TextInput label="Name" placeholder={usualUrl ? label : 'Our Ollama'} maxLength={100} value={draft.name} error={errors['name']} onChange={({ currentTarget }) => change({ name: currentTarget.value })} />
        {!usualUrl && address}
        <PasswordInput
          label="Key"
          description={`${keyHint} It is kept encrypted, and never shown again.`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          autoComplete="off"
          value={draft.key}
          error={errors['key']}
          onChange={({ currentTarget }) => change({ key: currentTarget.value })}
        />
        <div>
          <Button variant="subtle" size="compact-sm" leftSection={more ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />} aria-expanded={more} onClick={() => setMore(!more)}>
            More settings
          </Button>
          <Collapse expanded={more}>
            <Stack pt="sm">
              {usualUrl && address}
              <TextInput
                label="Ids of its models begin with"
                placeholder={slugOf(name) || 'our-ollama'}
                rightSection="/"
                autoComplete="off"
                spellCheck={false}
                value={draft.slug}
                error={errors['slug']}
                onChange={({ currentTarget }) => change({ slug: currentTarget.value })}
              />
              <TagsInput
                label="Models"
                description="Those alone can be called. Leave it empty to allow any."
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                placeholder={draft.models.length === 0 ? 'Name, then Enter' : ''}
                value={draft.models}
                error={errors['models']}
                onChange={(models) => change({ models })}
              />
            </Stack>
          </Collapse>
        </div>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading || testing}>Add and test</Button>
        </Group>
      </Stack>
    </form>
  );
}
