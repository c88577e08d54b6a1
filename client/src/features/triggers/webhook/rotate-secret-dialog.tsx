import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Radio, Select, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { useFocusBack } from '../../../ui/use-focus-back';
import type { schemeOf } from './scheme-of';
import { rotateTriggerSecretDocument } from './webhook.operations';

const grace = [
  { value: '0', label: 'Not at all: it ends now' },
  { value: '1', label: 'For an hour' },
  { value: '24', label: 'For a day' },
  { value: '168', label: 'For a week' },
];

interface RotateSecretDialogProps {
  trigger: { id: string; hasSecret: boolean };
  scheme: ReturnType<typeof schemeOf>;
  /** @param secret that was made, or undefined where it was entered */
  onMade: (secret: string | undefined) => void;
  onClose: () => void;
}

/** Open from when it is mounted. */
export function RotateSecretDialog(props: RotateSecretDialogProps) {
  useFocusBack();
  return (
    <Modal opened onClose={props.onClose} title={props.trigger.hasSecret ? 'Rotate the secret' : 'Enter the secret'}>
      <RotateSecretForm {...props} />
    </Modal>
  );
}

function RotateSecretForm({ trigger: { id, hasSecret }, scheme, onMade, onClose }: RotateSecretDialogProps) {
  const [way, setWay] = useState(scheme.secret === 'MADE_BY_SENDER' ? 'given' : 'made');
  const [secret, setSecret] = useState('');
  const [hours, setHours] = useState('24');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [rotate, { loading }] = useMutation(rotateTriggerSecretDocument);

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (way === 'given' && secret.trim() === '') return setErrors({ secret: 'Enter the secret that the sender shows.' });
    try {
      const { data } = await rotate({ variables: { input: { triggerId: id, secret: way === 'given' ? secret.trim() : null, keepPreviousForHours: Number(hours) } } });
      onMade(data?.rotateTriggerSecret.secret ?? undefined);
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['secret']);
      setErrors(fieldErrors);
      setProblem(general);
      return;
    }
    notifyDone(way === 'given' ? 'Requests that are signed with this secret are accepted from now on.' : 'The new secret is made. Copy it to the sender.');
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        {scheme.secret !== 'MADE_BY_SENDER' && (
          <Radio.Group label="The new secret" value={way} onChange={setWay}>
            <Stack gap={8} mt={4}>
              <Radio value="made" label="Make one here" />
              <Radio value="given" label="Enter the one that the sender has made" />
            </Stack>
          </Radio.Group>
        )}
        {way === 'given' && (
          <TextInput
            label="Secret"
            description={`As ${scheme.label} shows it. Kept encrypted, and never shown again.`}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            type="password"
            data-autofocus
            autoComplete="off"
            spellCheck={false}
            maxLength={500}
            value={secret}
            error={errors['secret']}
            onChange={({ currentTarget }) => {
              setSecret(currentTarget.value);
              setErrors({});
            }}
          />
        )}
        {hasSecret && (
          <Select
            label="Accept the present one, too"
            description="So that nothing is refused while the sender is changed."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={grace}
            allowDeselect={false}
            value={hours}
            onChange={(chosen) => chosen && setHours(chosen)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>{hasSecret ? 'Rotate secret' : 'Save secret'}</Button>
        </Group>
      </Stack>
    </form>
  );
}
