import type { ReplayFactsFragment } from '../../../gql/graphql';

type Summary = Pick<ReplayFactsFragment['summary'], 'total' | 'queued' | 'running' | 'failed' | 'cancelled'>;

/** Whether some of it has not ended. */
export const isUnderWay = ({ queued, running }: Pick<Summary, 'queued' | 'running'>): boolean => queued + running > 0;

/** How a replay stands as a whole: failed where every run of it has. */
export function replayStatus({ total, queued, running, failed, cancelled }: Summary): 'QUEUED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' {
  if (running > 0 || (queued > 0 && queued < total)) return 'RUNNING';
  if (queued > 0) return 'QUEUED';
  if (cancelled > 0) return 'CANCELLED';
  return failed === total ? 'FAILED' : 'COMPLETED';
}
