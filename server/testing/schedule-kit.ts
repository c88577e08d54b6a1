import { type CreateTriggerInput } from '../../schema/triggers.js';
import { ArrivalRates } from '../features/triggers/launch/arrival-rates.js';
import { Intake } from '../features/triggers/launch/intake.js';
import { LaunchStore } from '../features/triggers/launch/launch.store.js';
import { ScheduleAlarm } from '../features/triggers/schedule/schedule-alarm.js';
import { ScheduleWatch } from '../features/triggers/schedule/schedule-watch.js';
import { ScheduleJobs } from '../features/triggers/schedule/schedule.jobs.js';
import { ScheduleStore } from '../features/triggers/schedule/schedule.store.js';
import { Scheduler, type SchedulerOptions } from '../features/triggers/schedule/scheduler.js';
import { TriggersService } from '../features/triggers/trigger.service.js';
import { TriggerStore } from '../features/triggers/trigger.store.js';
import { type TriggerRecord } from '../features/triggers/trigger.types.js';
import { createTriggerTypes } from '../features/triggers/types/registry.js';
import { scheduledTriggerType } from '../features/triggers/types/scheduled.trigger-type.js';
import { type Sandbox } from '../sandbox/sandbox.js';
import { startExecutionKit, transform } from './execution-kit.js';

const leaseMs = 10_000;

/** Schedules of a workflow with one step, on a real database, under a clock that the test moves: time goes on from one alarm to the next. */
export async function startScheduleKit(sandbox: Sandbox, start: Date) {
  const kit = await startExecutionKit(sandbox);
  const { database, jobs, bus, identity } = kit;
  jobs.now = start;
  const now = () => jobs.now;
  const announce = () => bus.publish('outbox.filled', {});
  const store = new ScheduleStore(database, announce);
  const alarm = new ScheduleAlarm(jobs, now);
  const types = createTriggerTypes([scheduledTriggerType(alarm)]);
  const triggers = new TriggersService({ store: new TriggerStore(database), types, workflows: kit.workflows, now });
  const faults: unknown[] = [];
  const late: string[] = [];
  const watch = new ScheduleWatch({ store, now, everyMs: leaseMs, onFault: (error) => void faults.push(error), onLate: async ({ id }) => void late.push(id) });
  const workflowId = await kit.createWorkflow({ inputs: [{ name: 'due', type: 'STRING', description: '', required: false }], steps: [transform('one', 'due', { due: 'inputs.due' })] });
  const { scheduler, scheduleJobs } = startScheduler();
  scheduleJobs.register();

  /** One more process, as far as schedules go. */
  function startScheduler(options: Partial<SchedulerOptions> = {}) {
    const onFault = (error: unknown) => void faults.push(error);
    const own = new ScheduleAlarm(jobs, now);
    const intake = new Intake({ store: new LaunchStore(database, kit.executionIntake, announce), executions: kit.executionIntake, types, jobs, bus, now, onFault, rates: new ArrivalRates() });
    const scheduler = new Scheduler({ store, intake, alarm: own, now, leaseMs, onFault, ...options });
    return { scheduler, intake, scheduleJobs: new ScheduleJobs({ scheduler, alarm: own, jobs, sweepMs: leaseMs, onFault }) };
  }

  return {
    ...kit,
    triggers,
    scheduler,
    startScheduler,
    watch,
    late,
    faults,
    workflowId,
    /** What every process does now and then. */
    sweep: () => scheduleJobs.sweep(),

    async schedule(settings: Record<string, unknown>, more: Partial<CreateTriggerInput> = {}): Promise<TriggerRecord> {
      const input = { workflowId, type: 'SCHEDULED' as const, name: 'Each time', settings, mapping: [{ name: 'due', from: 'schedule.localTime' }], active: true, ...more };
      return (await triggers.create(identity, input)).trigger;
    },

    /** As they were stored, the time of the day being that of UTC. */
    async deliveries(triggerId: string) {
      const rows = await database.prisma.delivery.findMany({ where: { triggerId }, orderBy: { id: 'asc' } });
      return rows.map(({ dueAt, verdict, reason, executionId }) => ({ due: dueAt?.toISOString().slice(11, 19), verdict, ...(reason !== null && { reason }), ...(executionId !== null && { executionId }) }));
    },

    /** The due times that launched something, oldest first, of those whose execution is there. */
    async launched(triggerId: string): Promise<(string | undefined)[]> {
      const executions = await database.prisma.execution.findMany({ where: { triggerId } });
      const rows = await database.prisma.delivery.findMany({ where: { id: { in: executions.map(({ deliveryId }) => deliveryId ?? '') }, verdict: 'ACCEPTED' }, orderBy: { dueAt: 'asc' } });
      if (rows.length !== executions.length) throw new Error('Each execution must have a delivery of its own.');
      return rows.map(({ dueAt }) => dueAt?.toISOString().slice(11, 19));
    },
  };
}
