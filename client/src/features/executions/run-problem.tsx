import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconClockPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { RunError } from './run-state';

const advice: Record<string, string> = {
  RATE_LIMITED: 'The provider limits how much may be asked of it. Run it again later, or allow the step more attempts and longer pauses.',
  UNAVAILABLE: 'The provider did not answer. See that its address is right and that it is up, then run it again.',
  CUT_OFF: 'The connection broke in the middle of the answer. Run it again.',
  REFUSED: 'The provider did not accept the request: see the model’s name, its settings and the length of the input.',
  BAD_RESPONSE: 'The provider’s answer was not in the form that was expected. See that its address leads to a server of the right kind.',
  TIMEOUT: 'Allow the step more time in the workflow, or give it less to do.',
  TIMED_OUT: 'Allow the step more time in the workflow, or give it less to do.',
};

/** Why something went wrong, and what to do about it. */
export function RunProblem({ title, error, children }: { title: string; error: RunError; children?: ReactNode }) {
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle size={16} />} title={title} mb="md">
      <Reason error={error} />
      {children}
    </Alert>
  );
}

/** Why a step waits before its next attempt. */
export function RetryNotice({ title, error }: { title: string; error: RunError | null }) {
  return (
    <Alert color="yellow" variant="light" icon={<IconClockPause size={16} />} title={title} mb="md">
      {error && <Reason error={error} />}
    </Alert>
  );
}

function Reason({ error }: { error: RunError }) {
  return (
    <div style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {error.message} {advice[error.code] ?? ''}
    </div>
  );
}
