import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../../../api/api-errors';
import { FormAlert } from '../../../../ui/form-alert';
import { notifyDone } from '../../../../ui/notify';
import { afterNewVersion } from '../commit/after-new-version';
import { promptLinks } from '../prompt-links';
import { restoreVersionDocument } from './version.operations';

interface RestoreDialogProps {
  promptId: string;
  branch: string;
  head: { id: string; version: string };
  /** Null: closed. */
  version: { id: string; version: string } | null;
  onClose: () => void;
}

/** Brings an older version's content back, as a new version on top. */
export function RestoreDialog({ version, onClose, ...place }: RestoreDialogProps) {
  return (
    <Modal opened={version !== null} onClose={onClose} title={version ? `Restore ${version.version}` : ''}>
      {version && <RestoreForm key={version.id} version={version} onClose={onClose} {...place} />}
    </Modal>
  );
}

function RestoreForm({ promptId, branch, head, version, onClose }: RestoreDialogProps & { version: { id: string; version: string } }) {
  const navigate = useNavigate();
  const [restore, { loading, client }] = useMutation(restoreVersionDocument);
  const [message, setMessage] = useState(`Restore ${version.version}`);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    try {
      const { data } = await restore({ variables: { input: { branch, versionId: version.id, expectedHeadId: head.id, message: message.trim() || null } } });
      if (!data) return;
      const restored = data.restorePromptVersion;
      notifyDone(`${version.version} restored as ${restored.version}.`);
      onClose();
      await afterNewVersion(client);
      await navigate(promptLinks.edit(promptId, branch), { replace: true });
    } catch (error) {
      setProblem(problemOf(error).message);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <Text>
          The content of {version.version} becomes the newest version on {branch}, after {head.version}. Nothing is lost: every version stays.
        </Text>
        <TextInput label="Message" data-autofocus maxLength={500} value={message} onChange={({ currentTarget: { value } }) => setMessage(value)} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>Restore</Button>
        </Group>
      </Stack>
    </form>
  );
}
