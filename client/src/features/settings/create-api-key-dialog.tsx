import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../api/api-errors';
import { FormAlert } from '../../ui/form-alert';
import { apiKeysDocument, createApiKeyDocument } from './api-key.operations';
import { ApiKeySecret } from './api-key-secret';
import { KeyReach } from './key-reach';

const lifetimes = [
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: 'never', label: 'Never' },
];

interface MadeKey {
  secret: string;
  /** One of those that it is limited to. */
  triggerId: string | undefined;
}

/** Makes a key, then shows its secret this once. @param triggerIds what it is limited to at first */
export function CreateApiKeyDialog({ opened, onClose, triggerIds }: { opened: boolean; onClose: () => void; triggerIds?: string[] | undefined }) {
  const [made, setMade] = useState<MadeKey>();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      onExitTransitionEnd={() => setMade(undefined)}
      title={made ? 'Copy your key now' : 'New API key'}
      // A slip of the pointer or of Esc must not lose a secret that nothing shows again.
      closeOnClickOutside={!made}
      closeOnEscape={!made}
      withCloseButton={!made}
      size="lg"
    >
      {made ? <ApiKeySecret {...made} onDone={onClose} /> : <CreateApiKeyForm onCreated={setMade} onClose={onClose} reach={triggerIds} />}
    </Modal>
  );
}

function CreateApiKeyForm({ onCreated, onClose, reach }: { onCreated: (made: MadeKey) => void; onClose: () => void; reach: string[] | undefined }) {
  const [name, setName] = useState('');
  const [lifetime, setLifetime] = useState<string | null>('90');
  const [triggerIds, setTriggerIds] = useState(reach);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading }] = useMutation(createApiKeyDocument, { refetchQueries: [apiKeysDocument] });

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (!name.trim()) return setErrors({ name: 'Name the key after the program that will use it.' });
    if (triggerIds?.length === 0) return setErrors({ triggerIds: 'Choose what the key may launch.' });
    const days = Number(lifetime);
    const expiresAt = days ? new Date(Date.now() + days * 86_400_000).toISOString() : null;
    try {
      const { data } = await create({ variables: { input: { name: name.trim(), expiresAt, triggerIds } } });
      if (data) onCreated({ secret: data.createApiKey.secret, triggerId: triggerIds?.[0] });
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'expiresAt', 'triggerIds']);
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
        <KeyReach
          triggerIds={triggerIds}
          onChange={(next) => {
            setTriggerIds(next);
            setErrors({});
          }}
          error={errors['triggerIds']}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>Create key</Button>
        </Group>
      </Stack>
    </form>
  );
}
