import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { useFocusBack } from '../../../ui/use-focus-back';
import { HiddenInput } from './hidden-input';
import { createSecretDocument, secretsDocument, setSecretDocument } from './secret.operations';

interface SecretDialogProps {
  /** Whose value is replaced; absent: one is added. */
  secret?: { id: string; name: string } | undefined;
  onClose: () => void;
}

/** Open from when it is mounted. */
export function SecretDialog({ secret, onClose }: SecretDialogProps) {
  useFocusBack();
  return (
    <Modal opened onClose={onClose} title={secret ? `New value of ${secret.name}` : 'New secret'}>
      <SecretForm secret={secret} onClose={onClose} />
    </Modal>
  );
}

function SecretForm({ secret, onClose }: SecretDialogProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [create, { loading: creating }] = useMutation(createSecretDocument, { refetchQueries: [secretsDocument], awaitRefetchQueries: true });
  const [set, { loading: setting }] = useMutation(setSecretDocument);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      if (secret) await set({ variables: { input: { id: secret.id, value } } });
      else await create({ variables: { input: { name: name.trim(), value } } });
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['name', 'value']);
      setErrors(fieldErrors);
      setProblem(general);
      return;
    }
    notifyDone(secret ? `Steps send the new value of ${secret.name} from their next attempt on.` : `WEBHOOK steps can send it now: {{ secrets.${name.trim()} }}`);
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        {!secret && (
          <TextInput
            label="Name"
            placeholder="SLACK_TOKEN"
            description="Steps call it by this name, which stays."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            maxLength={50}
            value={name}
            error={errors['name']}
            onChange={({ currentTarget }) => {
              setName(currentTarget.value);
              setErrors({});
            }}
          />
        )}
        <HiddenInput
          label="Value"
          description="Kept encrypted, and never shown again."
          autoFocus={!!secret}
          value={value}
          error={errors['value']}
          onChange={(next) => {
            setValue(next);
            setErrors({});
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={creating || setting}>{secret ? 'Replace value' : 'Add secret'}</Button>
        </Group>
      </Stack>
    </form>
  );
}
