import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { formProblem } from '../../../../api/api-errors';
import { FormAlert } from '../../../../ui/form-alert';
import { notifyDone } from '../../../../ui/notify';
import { asName, nameProblem } from '../labels/label-name';
import { promptLinks } from '../prompt-links';
import { createBranchDocument, renameBranchDocument, type Branch } from './branch.operations';

interface BranchDialogProps {
  promptId: string;
  /** The version that the branch begins at; null: closed. */
  from: { id: string; version: string } | null;
  /** What was already typed. */
  initialName?: string;
  onClose: () => void;
}

/** Makes a branch and goes to it. */
export function BranchDialog({ promptId, from, initialName = '', onClose }: BranchDialogProps) {
  const navigate = useNavigate();
  const [create, { loading, client }] = useMutation(createBranchDocument);
  return (
    <Modal opened={from !== null} onClose={onClose} title="New branch">
      {from && (
        <NameForm
          key={from.id}
          description={`Begins at ${from.version}. Small letters, digits and . _ / -`}
          initialName={initialName}
          submitLabel="Create branch"
          busy={loading}
          onClose={onClose}
          onSubmit={async (name) => {
            await create({ variables: { input: { promptId, fromVersionId: from.id, name } } });
            notifyDone(`Branch ${name} begins at ${from.version}.`);
            onClose();
            await navigate(promptLinks.edit(promptId, name));
            await client.refetchQueries({ include: 'active' }).catch(() => undefined);
          }}
        />
      )}
    </Modal>
  );
}

/** Gives a branch another name and stays on it. */
export function RenameBranchDialog({ promptId, branch, onClose }: { promptId: string; branch: Branch | null; onClose: () => void }) {
  const navigate = useNavigate();
  const [rename, { loading, client }] = useMutation(renameBranchDocument);
  return (
    <Modal opened={branch !== null} onClose={onClose} title={branch ? `Rename ${branch.name}` : ''}>
      {branch && (
        <NameForm
          key={branch.id}
          description="Callers that ask for the branch by its old name no longer find it."
          initialName={branch.name}
          submitLabel="Rename"
          busy={loading}
          onClose={onClose}
          onSubmit={async (name) => {
            if (name !== branch.name) {
              await rename({ variables: { input: { id: branch.id, name } } });
              notifyDone(`${branch.name} is called ${name} now.`);
              await navigate(promptLinks.edit(promptId, name), { replace: true });
              await client.refetchQueries({ include: 'active' }).catch(() => undefined);
            }
            onClose();
          }}
        />
      )}
    </Modal>
  );
}

interface NameFormProps {
  description: string;
  initialName: string;
  submitLabel: string;
  busy: boolean;
  onClose: () => void;
  onSubmit: (name: string) => Promise<void>;
}

function NameForm({ description, initialName, submitLabel, busy, onClose, onSubmit }: NameFormProps) {
  const [name, setName] = useState(initialName);
  const [problem, setProblem] = useState<string | null>(null);
  const [general, setGeneral] = useState<string | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    const found = nameProblem(name);
    setProblem(found);
    setGeneral(null);
    if (found) return;
    try {
      await onSubmit(name);
    } catch (error) {
      const { fieldErrors, general: other } = formProblem(error, ['name']);
      setProblem(fieldErrors['name'] ?? null);
      setGeneral(other);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{general}</FormAlert>
        <TextInput
          label="Name"
          description={description}
          placeholder="shorter-answers"
          data-autofocus
          maxLength={50}
          value={name}
          error={problem}
          onChange={({ currentTarget: { value } }) => {
            setName(asName(value));
            setProblem(null);
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={busy}>{submitLabel}</Button>
        </Group>
      </Stack>
    </form>
  );
}
