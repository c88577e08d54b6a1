import { Button, Group, Kbd, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { FormAlert } from '../../../ui/form-alert';

interface CommitDialogProps {
  opened: boolean;
  onClose: () => void;
  /** Rejects with the error of the API. */
  onCommit: (message: string) => Promise<void>;
  busy: boolean;
  problem: string | null;
  /** What the version is built on: `1.2.0`. */
  base: string;
  initialMessage: string;
}

/** Asks what changed. Enter commits, Esc closes; what was typed stays until it is committed. */
export function CommitDialog({ opened, onClose, onCommit, busy, problem, base, initialMessage }: CommitDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="Commit a new version">
      <CommitForm {...{ onClose, onCommit, busy, problem, base, initialMessage }} />
    </Modal>
  );
}

function CommitForm({ onClose, onCommit, busy, problem, base, initialMessage }: Omit<CommitDialogProps, 'opened'>) {
  const [message, setMessage] = useState(initialMessage);
  const [missing, setMissing] = useState(false);
  const submit = (event: React.FormEvent) => {
    event.preventDefault();
    if (!message.trim()) return setMissing(true);
    void onCommit(message.trim());
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <TextInput
          label="What changed?"
          placeholder="Ask for three sentences instead of five"
          data-autofocus
          maxLength={500}
          value={message}
          onChange={({ currentTarget: { value } }) => {
            setMessage(value);
            setMissing(false);
          }}
          error={missing && 'Say in a few words what changed: others read it beside the version.'}
        />
        <Text size="xs" c="dimmed">
          Becomes the next version after {base}, for good. <Kbd size="xs">Enter</Kbd> commits, <Kbd size="xs">Esc</Kbd> closes.
        </Text>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={busy}>Commit</Button>
        </Group>
      </Stack>
    </form>
  );
}
