import { Button } from '@mantine/core';
import { IconRotateClockwise } from '@tabler/icons-react';
import { useState } from 'react';
import { usePermissions } from '../../../api/use-permissions';
import type { Run, RunStep } from '../run.queries';
import { isFinished } from '../run-state';
import { RerunDialog } from './rerun-dialog';

/** Offers to run an ended run again from one of its steps. */
export function RerunFromStep({ run, step }: { run: Run; step: RunStep }) {
  const mayStart = usePermissions()('execution:start');
  const [opened, setOpened] = useState(false);
  if (!mayStart || !isFinished(run.status) || step.status === 'SKIPPED') return null;
  return (
    <>
      <Button variant="default" size="compact-sm" leftSection={<IconRotateClockwise size={14} />} onClick={() => setOpened(true)}>Run again from here…</Button>
      {opened && <RerunDialog run={run} fromStep={step.key} onClose={() => setOpened(false)} />}
    </>
  );
}
