import { ExecutionMetricsStore } from '../features/executions/execution-metrics.store.js';
import { TriggerMetricsStore } from '../features/triggers/trigger-metrics.store.js';
import { type Ground } from '../ground.js';
import { type ExecutionParts } from './executions.wiring.js';

const recentMs = 5 * 60_000;

/** What `/metrics` tells beside how this process is; counts of the database are the same whichever process is asked. */
export function wireMetrics({ metrics, database, jobs, now }: Ground, { runner }: Pick<ExecutionParts, 'runner'>): void {
  if (!metrics) return;
  const executions = new ExecutionMetricsStore(database);
  const triggers = new TriggerMetricsStore(database);
  metrics.gauge('executions_unfinished', 'Executions that have not ended, in all processes.', () => executions.unfinished(), 'status');
  metrics.gauge('executions_running_here', 'Executions that this process runs.', () => runner.running);
  metrics.gauge('deliveries_recent', 'Deliveries of the last five minutes, in all processes.', () => triggers.deliveriesSince(new Date(now().getTime() - recentMs)), 'verdict');
  metrics.gauge('schedules_late', 'Schedules that should have fired and have not, or that fail.', () => triggers.late());
  metrics.gauge('jobs_late_seconds', 'How long the job that this process could run and that has been due for longest waits; 0 when none is.', async () => (await jobs.lateMs()) / 1_000);
}
