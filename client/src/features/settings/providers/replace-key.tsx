import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { FormAlert } from '../../../ui/form-alert';
import { rotateProviderDocument } from './provider.operations';
import { changesModels, useProviderTest } from './use-provider-actions';

/** Puts another key in the place of the one there is, and tests it. */
export function ReplaceKey({ provider }: { provider: ProviderFactsFragment }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>Replace key…</Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`New key of “${provider.name}”`}>
        <ReplaceKeyForm provider={provider} onClose={() => setOpened(false)} />
      </Modal>
    </>
  );
}

function ReplaceKeyForm({ provider, onClose }: { provider: ProviderFactsFragment; onClose: () => void }) {
  const [key, setKey] = useState('');
  const [baseUrl, setBaseUrl] = useState(provider.baseUrl);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [rotate, { loading }] = useMutation(rotateProviderDocument, changesModels);
  const { test, testing } = useProviderTest();

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      await rotate({ variables: { input: { id: provider.id, key, baseUrl } } });
      await test(provider);
      onClose();
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['key', 'baseUrl']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <PasswordInput
          label="Key"
          description="Calls use it from the next one on. The old key is gone then."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          data-autofocus
          autoComplete="off"
          value={key}
          error={errors['key']}
          onChange={({ currentTarget: { value } }) => {
            setKey(value);
            setErrors({});
          }}
        />
        <TextInput
          label="Address"
          description="A stored key is never sent anywhere else: another address needs a key of its own."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          spellCheck={false}
          value={baseUrl}
          error={errors['baseUrl']}
          onChange={({ currentTarget: { value } }) => {
            setBaseUrl(value);
            setErrors({});
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading || testing}>Replace and test</Button>
        </Group>
      </Stack>
    </form>
  );
}
