import { SchedulePreviewResolver } from '../features/triggers/schedule/schedule-preview.resolver.js';
import { SchedulePreviews } from '../features/triggers/schedule/schedule-preview.service.js';
import { ScheduleWatch } from '../features/triggers/schedule/schedule-watch.js';
import { ScheduleJobs } from '../features/triggers/schedule/schedule.jobs.js';
import { ScheduleStore } from '../features/triggers/schedule/schedule.store.js';
import { Scheduler } from '../features/triggers/schedule/scheduler.js';
import { type Ground } from '../ground.js';
import { type TriggerParts } from './triggers.wiring.js';

/** When schedules are due, and what launches them then. */
export function wireSchedules({ config, logger, database, bus, jobs, now }: Ground, { intake, scheduleAlarm: alarm }: Pick<TriggerParts, 'intake' | 'scheduleAlarm'>) {
  const store = new ScheduleStore(database, () => bus.publish('outbox.filled', {}));
  const onFault = (err: unknown, triggerId: string) => logger.error({ err, triggerId }, 'A schedule could not be launched and will be tried again');
  const scheduler = new Scheduler({ store, intake, alarm, now, leaseMs: config.runLeaseMs, onFault });
  const sweepMs = (config.runLeaseMs * 2) / 3;
  const onSweepFault = (err: unknown) => logger.error({ err }, 'Schedules could not be looked at and will be looked at again');
  const watch = new ScheduleWatch({
    store,
    now,
    everyMs: sweepMs,
    onFault: onSweepFault,
    onLate: async ({ id: triggerId }, lateSince) => logger.warn({ triggerId, lateSince }, 'A schedule is late'),
  });
  return {
    scheduleWatch: watch,
    scheduleJobs: new ScheduleJobs({ scheduler, alarm, jobs, sweepMs, onFault: onSweepFault }),
    resolvers: [new SchedulePreviewResolver(new SchedulePreviews(now))],
  };
}
