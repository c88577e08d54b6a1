import { useMutation } from '@apollo/client/react';
import { useNavigate } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { deleteTriggerDocument } from '../trigger.operations';

/** Open from when it is mounted. */
export function DeleteTrigger({ trigger: { id, name }, onClose }: { trigger: { id: string; name: string }; onClose: () => void }) {
  const navigate = useNavigate();
  const [remove, { loading }] = useMutation(deleteTriggerDocument, { update: (cache) => cache.evict({ fieldName: 'triggers' }) });
  const confirm = async () => {
    try {
      await remove({ variables: { id } });
    } catch (error) {
      notifyFailure(`“${name}” could not be deleted. ${problemOf(error).message}`);
      return;
    }
    await navigate('/triggers');
    notifyDone(`“${name}” is deleted.`);
  };
  return (
    <ConfirmDialog opened title={`Delete “${name}”?`} confirmLabel="Delete trigger" cancelLabel="Keep it" busy={loading} onConfirm={() => void confirm()} onCancel={onClose}>
      It launches nothing any more, its address and its secret stop working for good. What arrived, and the runs that it launched, stay for as long as they are kept.
    </ConfirmDialog>
  );
}
