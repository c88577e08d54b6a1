import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../../api/api-errors';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { notifyDone, notifyFailure } from '../../ui/notify';
import { revokeApiKeyDocument } from './api-key.operations';

export function RevokeApiKey({ apiKey: { id, name, prefix } }: { apiKey: { id: string; name: string; prefix: string } }) {
  const [asking, setAsking] = useState(false);
  const [revoke, { loading }] = useMutation(revokeApiKeyDocument);
  const confirm = async () => {
    try {
      await revoke({ variables: { id } });
      notifyDone(`“${name}” was revoked.`);
    } catch (error) {
      notifyFailure(`“${name}” still works. ${problemOf(error).message}`);
    }
    setAsking(false);
  };
  return (
    <>
      <Button variant="subtle" color="red" c="var(--pp-danger)" size="xs" onClick={() => setAsking(true)} aria-label={`Revoke ${name}`}>
        Revoke
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Revoke “${name}”?`}
        confirmLabel="Revoke key"
        busy={loading}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      >
        Programs that send the key <code>{prefix}…</code> are refused from now on, and nothing brings it back.
      </ConfirmDialog>
    </>
  );
}
