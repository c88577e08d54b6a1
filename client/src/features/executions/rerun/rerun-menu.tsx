import { Button, Menu } from '@mantine/core';
import { IconAdjustments, IconChevronDown, IconForms, IconPlayerSkipForward, IconRotateClockwise } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { notifyFailure } from '../../../ui/notify';
import { RunDialog } from '../../workflows/run-dialog';
import type { Run } from '../run.queries';
import { RerunDialog } from './rerun-dialog';
import { useRerun } from './use-rerun';

/** The ways to run again what has ended. */
export function RerunMenu({ run }: { run: Run }) {
  const mayStart = usePermissions()('execution:start');
  const { rerun, busy } = useRerun();
  const [dialog, setDialog] = useState<'changes' | 'inputs' | null>(null);
  const close = () => setDialog(null);
  const failed = run.steps.find(({ key }) => key === run.error?.stepKey);
  if (!mayStart) return null;
  const start = (fromStep: string | null) => void rerun({ executionId: run.id, fromStep }).catch((error: unknown) => notifyFailure(problemOf(error).message));
  return (
    <>
      <Menu position="bottom-end" width={320}>
        <Menu.Target>
          <Button loading={busy} leftSection={<IconRotateClockwise size={16} />} rightSection={<IconChevronDown size={14} />}>Run again</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconRotateClockwise size={16} />} onClick={() => start(null)}>As it was</Menu.Item>
          {failed && <Menu.Item leftSection={<IconPlayerSkipForward size={16} />} onClick={() => start(failed.key)}>From “{failed.name}”, which failed</Menu.Item>}
          <Menu.Item leftSection={<IconAdjustments size={16} />} onClick={() => setDialog('changes')}>With changes…</Menu.Item>
          <Menu.Item leftSection={<IconForms size={16} />} onClick={() => setDialog('inputs')}>With other inputs…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'changes' && <RerunDialog run={run} onClose={close} />}
      {dialog === 'inputs' && <RunDialog workflowId={run.workflow.id} values={run.inputs} onClose={close} />}
    </>
  );
}
