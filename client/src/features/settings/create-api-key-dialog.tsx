import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../api/api-errors';
import { FormAlert } from '../../ui/form-alert';
import { apiKeysDocument, createApiKeyDocument } from './api-key.operations';
import { ApiKeySecret } from './api-key-secret';

const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
];

/** Makes a key, then shows its secret this once. */
export function CreateApiKeyDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const [secret, setSecret] = useState<string>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setSecret(undefined)}
      title={secret ? 'Copy your key now' : 'New API key'}
      // A slip of the pointer or of Esc must not lose a secret that nothing shows again.
      closeOnClickOutside={!secret}
      closeOnEscape={!secret}
      withCloseButton={!secret}
      size="lg"
    >
      {secret ? <ApiKeySecret secret={secret} onDone={onClose} /> : <CreateApiKeyForm onCreated={setSecret} onClose={onClose} />}
    </Modal>
  );
}

function CreateApiKeyForm({ onCreated, onClose }: { onCreated: (secret: string) => void; onClose: () => void }) {
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState<string | null>('90');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createApiKeyDocument, { refetchQueries: [apiKeysDocument] });

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (!name.trim()) return setErrors({ name: 'Name the key after the program that will use it.' });
    const days = Number(lifetime);
    const expiresAt = days ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
    try {
      const { data } = await create({ variables: { input: { name: name.trim(), expiresAt } } });
      if (data) onCreated(data.createApiKey.secret);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'expiresAt']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <TextInput
          label="Name"
          placeholder="Nightly import"
          data-autofocus
          maxLength={200}
          value={name}
          error={errors['name']}
          onChange={({ currentTarget: { value } }) => {
            setName(value);
            setErrors({});
          }}
        />
        <Select label="Expires" data={lifetimes} value={lifetime} onChange={setLifetime} allowDeselect={false} error={errors['expiresAt']} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>Create key</Button>
        </Group>
      </Stack>
    </form>
  );
}
