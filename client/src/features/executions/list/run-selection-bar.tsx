import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconBan, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { formatCount } from '../../../ui/format';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { SelectionToolbar } from '../../../ui/selection-toolbar';
import type { Selection } from '../../../ui/use-selection';
import { isFinished } from '../run-state';
import { cancelRunsDocument, rerunRunsDocument, type RunRow } from './run-list.operations';

/** What the server starts again at once. */
const mostRerun = 100;

/** What can be done with all runs that are ticked. */
export function RunSelectionBar({ selection: { selected, clear } }: { selection: Selection<RunRow> }) {
  const mayStart = usePermissions()('execution:start');
  const [cancelling, setCancelling] = useState(false);
  const [cancelRuns, { loading: isCancelling }] = useMutation(cancelRunsDocument);
  const [rerunRuns, { loading: isStarting }] = useMutation(rerunRunsDocument);
  if (selected.length === 0 || !mayStart) return null;
  const unfinished = selected.filter(({ status }) => !isFinished(status));
  const ended = selected.filter(({ status }) => isFinished(status));

  const cancel = async () => {
    setCancelling(false);
    try {
      const { data } = await cancelRuns({ variables: { ids: unfinished.map(({ id }) => id) } });
      notifyDone(`${formatCount(data?.cancelExecutions.cancelled ?? 0, 'run')} being cancelled.`);
      clear();
    } catch (error) {
      notifyFailure(`The runs could not be cancelled. ${problemOf(error).message}`);
    }
  };

  const rerun = async () => {
    try {
      const { data } = await rerunRuns({ variables: { ids: ended.map(({ id }) => id) } });
      const outcomes = data?.rerunExecutions ?? [];
      const refused = outcomes.flatMap(({ refusal }) => refusal ?? []);
      const started = outcomes.length - refused.length;
      if (started > 0) notifyDone(`${formatCount(started, 'run')} started again.`, { label: 'Show them', to: '/runs?trigger=rerun' });
      if (refused.length > 0) notifyFailure(`${formatCount(refused.length, 'run')} could not be started again. ${[...new Set(refused)].join(' ')}`);
      clear();
    } catch (error) {
      notifyFailure(`The runs could not be started again. ${problemOf(error).message}`);
    }
  };

  return (
    <>
      <SelectionToolbar noun="run" count={selected.length} onClear={clear}>
        {unfinished.length > 0 && (
          <Button variant="default" size="xs" leftSection={<IconBan size={14} />} loading={isCancelling} onClick={() => setCancelling(true)}>
            {`Cancel ${amount(unfinished, selected)}`}
          </Button>
        )}
        {ended.length > 0 && (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} />}
            loading={isStarting}
            disabled={ended.length > mostRerun}
            title={ended.length > mostRerun ? `At most ${mostRerun} at a time.` : undefined}
            onClick={() => void rerun()}
          >
            {`Run ${amount(ended, selected)} again`}
          </Button>
        )}
      </SelectionToolbar>
      <ConfirmDialog
        opened={cancelling}
        title={unfinished.length === 1 ? 'Cancel this run?' : `Cancel ${formatCount(unfinished.length, 'run')}?`}
        confirmLabel={unfinished.length === 1 ? 'Cancel the run' : 'Cancel the runs'}
        cancelLabel="Keep running"
        busy={isCancelling}
        onConfirm={() => void cancel()}
        onCancel={() => setCancelling(false)}
      >
        What is under way ends at once, model calls included. Steps that are done keep their outputs.
      </ConfirmDialog>
    </>
  );
}

/** `it`, `all`, or how many, where it is for some of the ticked ones only. */
function amount(some: readonly RunRow[], all: readonly RunRow[]): string {
  if (some.length < all.length) return String(some.length);
  return all.length === 1 ? 'it' : 'all';
}
