import { useMutation } from '@apollo/client/react';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { problemOf } from '../../api/api-errors';
import { notifyFailure } from '../../ui/notify';
import { notifyUndo } from '../../ui/notify-undo';
import { pauseTriggerDocument, resumeTriggerDocument } from './trigger.operations';

interface Pausable {
  id: string;
  name: string;
  active: boolean;
}

/** Pauses what is active and resumes what is not, and offers to undo it. */
export function usePause() {
  const [pause, { loading: pausing }] = useMutation(pauseTriggerDocument);
  const [resume, { loading: resuming }] = useMutation(resumeTriggerDocument);
  const toggle = async ({ id, name, active }: Pausable, offerUndo = true) => {
    try {
      await (active ? pause : resume)({ variables: { id } });
    } catch (error) {
      notifyFailure(`“${name}” could not be ${active ? 'paused' : 'resumed'}. ${problemOf(error).message}`);
      return;
    }
    if (!offerUndo) return;
    const undo = () => void toggle({ id, name, active: !active }, false);
    notifyUndo(active ? `“${name}” is paused: it launches nothing until it is resumed.` : `“${name}” is active again.`, undo, active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />);
  };
  return { toggle: (trigger: Pausable) => void toggle(trigger), busy: pausing || resuming };
}
