import { type ReplaySummary } from '../../../../schema/replays.js';
import { sumOfCosts } from '../model-call.js';
import { type ExecutionStatus } from '../execution.types.js';
import { type Pair } from './pair.store.js';

/** How a replay stands that consists of these pairs. */
export function summaryOf(pairs: readonly Pair[]): ReplaySummary {
  const count = (...statuses: ExecutionStatus[]) => pairs.filter(({ status }) => statuses.includes(status)).length;
  const compared = pairs.flatMap((run) => (run.status === 'COMPLETED' && run.base?.status === 'COMPLETED' ? [{ run, base: run.base }] : []));
  return {
    total: pairs.length,
    queued: count('QUEUED'),
    running: count('RUNNING', 'WAITING', 'PAUSED'),
    completed: count('COMPLETED'),
    failed: count('FAILED'),
    cancelled: count('CANCELLED'),
    compared: compared.length,
    changedOutputs: compared.filter(({ run }) => run.outputChanged).length,
    costUsd: sumOfCosts(compared.map(({ run }) => run.costUsd)),
    baseCostUsd: sumOfCosts(compared.map(({ base }) => base.costUsd)),
    p50Ms: median(compared.flatMap(({ run }) => run.durationMs ?? [])),
    baseP50Ms: median(compared.flatMap(({ base }) => base.durationMs ?? [])),
  };
}

function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((one, other) => one - other);
  const middle = sorted.slice(Math.floor((sorted.length - 1) / 2), Math.floor(sorted.length / 2) + 1);
  return middle.length === 0 ? undefined : middle.reduce((sum, number) => sum + number, 0) / middle.length;
}
