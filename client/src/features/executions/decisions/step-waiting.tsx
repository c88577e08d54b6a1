import type { RunState, StepState } from '../run-state';
import type { RunStep } from '../run.queries';
import { ApprovalPanel } from './approval-panel';
import { HeldOutcomePanel } from './held-outcome-panel';

interface StepWaitingProps {
  executionId: string;
  step: RunStep;
  state: StepState;
  runStatus: RunState['status'];
}

/** What a step that waits for a person asks of them. */
export function StepWaiting({ executionId, step, state, runStatus }: StepWaitingProps) {
  if (state.status !== 'WAITING') return null;
  const paused = runStatus === 'PAUSED';
  const approval = step.waitingFor?.approval;
  const key = `${step.key} ${state.attempt}`;
  if (state.waitsFor === 'APPROVAL' && approval) {
    return <ApprovalPanel key={key} executionId={executionId} stepKey={step.key} approval={approval} until={step.waitingFor?.until ?? null} paused={paused} />;
  }
  return state.waitsFor === 'UNKNOWN_OUTCOME' ? <HeldOutcomePanel key={key} executionId={executionId} stepKey={step.key} paused={paused} /> : null;
}
