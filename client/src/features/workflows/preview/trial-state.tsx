import { IconAlertTriangle } from '@tabler/icons-react';
import { formatCost, formatCount, formatTokens } from '../../../ui/format';
import { Notice } from '../../../ui/notice';
import { RunStatus } from '../../../ui/run-status';
import { TickingDuration } from '../../../ui/ticking-duration';
import { isFinished, totalCost, totalUsage } from '../../executions/run-state';
import preview from './preview.module.css';
import type { Trials } from './trial';

/** How the last try stands as a whole. */
export function TrialState({ trials: { current } }: { trials: Trials }) {
  if (!current) return null;
  const { run } = current;
  const { inputTokens, outputTokens } = totalUsage(run);
  const cost = totalCost(run);
  const steps = Object.values(run.steps);
  const done = steps.filter(({ status }) => status === 'COMPLETED' || status === 'SKIPPED').length;
  // What went wrong in a step stands beside the step.
  const ownError = run.error && !steps.some(({ status }) => status === 'FAILED') ? run.error : null;
  return (
    <>
      <div className={preview.facts}>
        <RunStatus status={run.status} />
        {steps.length > 0 && <span>{done} of {formatCount(steps.length, 'step')}</span>}
        {run.startedAt && <TickingDuration from={run.startedAt} to={run.finishedAt} />}
        {inputTokens + outputTokens > 0 && <span>{formatTokens(inputTokens + outputTokens)}</span>}
        {cost !== null && <span>{formatCost(cost)}</span>}
      </div>
      {ownError && isFinished(run.status) && <Notice tone="danger" icon={<IconAlertTriangle size={16} />} title="The preview ended">{ownError.message}</Notice>}
    </>
  );
}
