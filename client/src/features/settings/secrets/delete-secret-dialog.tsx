import { useMutation } from '@apollo/client/react';
import { problemOf } from '../../../api/api-errors';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { useFocusBack } from '../../../ui/use-focus-back';
import { deleteSecretDocument, secretsDocument } from './secret.operations';

export function DeleteSecretDialog({ secret: { id, name }, onClose }: { secret: { id: string; name: string }; onClose: () => void }) {
  useFocusBack();
  const [remove, { loading }] = useMutation(deleteSecretDocument, { refetchQueries: [secretsDocument], awaitRefetchQueries: true });
  const confirm = async () => {
    try {
      await remove({ variables: { id } });
      notifyDone(`${name} was deleted.`);
    } catch (error) {
      notifyFailure(`${name} is still there. ${problemOf(error).message}`);
    }
    onClose();
  };
  return (
    <ConfirmDialog opened title={`Delete ${name}?`} confirmLabel="Delete secret" busy={loading} onConfirm={() => void confirm()} onCancel={onClose}>
      Nothing brings its value back. Steps that send <code>{`{{ secrets.${name} }}`}</code> fail from their next attempt on, also in runs that are under way.
    </ConfirmDialog>
  );
}
