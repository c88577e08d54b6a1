import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import type { ProviderFactsFragment } from '../../../gql/graphql';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { revokeProviderDocument } from './provider.operations';
import { changesModels } from './use-provider-actions';

export function RevokeProvider({ provider: { id, name, slug }, onRevoked }: { provider: ProviderFactsFragment; onRevoked: () => void }) {
  const [asking, setAsking] = useState(false);
  const [revoke, { loading }] = useMutation(revokeProviderDocument, changesModels);
  const confirm = async () => {
    try {
      await revoke({ variables: { id } });
    } catch (error) {
      notifyFailure(`“${name}” still works. ${problemOf(error).message}`);
      setAsking(false);
      return;
    }
    notifyDone(`“${name}” was revoked, and its key deleted.`);
    onRevoked();
  };
  return (
    <>
      <Button variant="subtle" color="red" c="var(--pp-danger)" onClick={() => setAsking(true)}>Revoke…</Button>
      <ConfirmDialog opened={asking} title={`Revoke “${name}”?`} confirmLabel="Revoke key" busy={loading} onConfirm={() => void confirm()} onCancel={() => setAsking(false)}>
        The key is deleted here for good. Prompts and steps whose model begins with <code>{slug}/</code> fail from their next call on, also in runs that are under way, until you choose another model or add a provider that begins so again.
      </ConfirmDialog>
    </>
  );
}
