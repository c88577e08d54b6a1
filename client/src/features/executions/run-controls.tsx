import type { TypedDocumentNode } from '@apollo/client';
import { useMutation } from '@apollo/client/react';
import { Button, Group } from '@mantine/core';
import { IconBan, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../api/api-errors';
import { ConfirmDialog } from '../../ui/confirm-dialog';
import { notifyFailure } from '../../ui/notify';
import { cancelRunDocument, pauseRunDocument, resumeRunDocument } from './run-control.operations';
import { isFinished, type RunState } from './run-state';

/** Pauses, resumes and cancels a run that has not ended. What comes of it shows in the run itself. */
export function RunControls({ id, status }: { id: string; status: RunState['status'] }) {
  const [cancelling, setCancelling] = useState(false);
  const pause = useControl(pauseRunDocument, id, 'paused');
  const resume = useControl(resumeRunDocument, id, 'resumed');
  const cancel = useControl(cancelRunDocument, id, 'cancelled');
  if (isFinished(status)) return null;
  return (
    <Group gap="xs" wrap="nowrap">
      {status === 'PAUSED' ? (
        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} loading={resume.busy} onClick={resume.run}>Resume</Button>
      ) : (
        <Button variant="default" leftSection={<IconPlayerPause size={16} />} loading={pause.busy} onClick={pause.run}>Pause</Button>
      )}
      <Button variant="default" leftSection={<IconBan size={16} />} loading={cancel.busy} onClick={() => setCancelling(true)}>Cancel run</Button>
      <ConfirmDialog
        opened={cancelling}
        title="Cancel this run?"
        confirmLabel="Cancel the run"
        cancelLabel="Keep it running"
        busy={cancel.busy}
        onConfirm={() => {
          setCancelling(false);
          cancel.run();
        }}
        onCancel={() => setCancelling(false)}
      >
        What is under way ends at once, model calls included. Steps that are done keep their outputs, and the run can be started again.
      </ConfirmDialog>
    </Group>
  );
}

function useControl<Data>(document: TypedDocumentNode<Data, { id: string }>, id: string, done: string) {
  const [mutate, { loading }] = useMutation<Data, { id: string }>(document);
  const run = () => {
    mutate({ variables: { id } }).catch((error: unknown) => notifyFailure(`The run could not be ${done}. ${problemOf(error).message}`));
  };
  return { busy: loading, run };
}
