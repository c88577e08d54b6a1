import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { transform } from '../../../testing/execution-kit.js';
import { startScheduleKit } from '../../../testing/schedule-kit.js';
import { type TriggerRecord } from '../trigger.types.js';

const sandbox = startSandbox({ workers: 1 });
const at = (time: string) => new Date(`2027-06-01T${time}Z`);
let kit: Awaited<ReturnType<typeof startScheduleKit>>;

beforeEach(async () => {
  kit = await startScheduleKit(sandbox, at('10:00:30'));
});
afterEach(async () => {
  expect(kit.faults).toEqual([]);
  await kit.stop();
});
afterAll(() => sandbox.close());

/** Nothing runs until then. */
async function sleepUntil(time: string): Promise<void> {
  kit.jobs.now = at(time);
  await kit.sweep();
}

describe('when it is due', () => {
  test('a schedule launches its workflow, with what is mapped from the due time, and again at the next due time', async () => {
    kit.startRunner();
    const { id, nextDueAt } = await kit.schedule({ cron: '*/5 * * * *', timeZone: 'Europe/Berlin' });
    expect(nextDueAt).toEqual(at('10:05:00'));
    await kit.jobs.advanceTo(at('10:12:00'));
    const deliveries = await kit.deliveries(id);
    expect(deliveries).toMatchObject([{ due: '10:05:00', verdict: 'ACCEPTED' }, { due: '10:10:00', verdict: 'ACCEPTED' }]);
    const execution = await kit.executions.find(kit.identity, deliveries[0]?.executionId ?? '');
    expect(execution).toMatchObject({ trigger: 'SCHEDULED', triggerId: id, inputs: { due: '2027-06-01T12:05:00' }, startedById: kit.identity.userId });
    await kit.allEvents(execution.id);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ nextDueAt: at('10:15:00'), lastFiredAt: at('10:10:00') });
  });

  test('many schedules that are due at once are launched together, and one alarm waits for what is next', async () => {
    const ids = await Promise.all(Array.from({ length: 50 }, async (_, index) => (await kit.schedule({ cron: index % 2 ? '*/10 * * * *' : '*/15 * * * *' })).id));
    await kit.jobs.advanceTo(at('10:30:00'));
    expect(await Promise.all(ids.map((id) => kit.launched(id)))).toEqual(ids.map((_, index) => (index % 2 ? ['10:10:00', '10:20:00', '10:30:00'] : ['10:15:00', '10:30:00'])));
    expect(kit.jobs.waiting.filter(({ name }) => name === 'trigger.due').map(({ key }) => key)).toEqual(['2027-06-01T10:40:00.000Z']);
  });

  test('jitter puts the launch off, and the due time stays what it is', async () => {
    const { id, nextFireAt } = await kit.schedule({ cron: '0 11 * * *', jitterSeconds: 1800 });
    expect(nextFireAt?.getTime()).toBeGreaterThan(at('11:00:00').getTime());
    await kit.jobs.advanceTo(new Date((nextFireAt?.getTime() ?? 0) - 1));
    expect(await kit.deliveries(id)).toEqual([]);
    await kit.jobs.advanceTo(nextFireAt ?? at('12:00:00'));
    expect(await kit.deliveries(id)).toMatchObject([{ due: '11:00:00', verdict: 'ACCEPTED' }]);
  });

  test('one that skips while its run is under way says so', async () => {
    const { id } = await kit.schedule({ cron: '*/5 * * * *' }, { overlap: 'SKIP' });
    await kit.jobs.advanceTo(at('10:10:00'));
    expect(await kit.deliveries(id)).toMatchObject([{ due: '10:05:00', verdict: 'ACCEPTED' }, { due: '10:10:00', verdict: 'SKIPPED', reason: expect.stringContaining('still under way') }]);
  });

  test('what does not fit the workflow is kept as a dead delivery that says why, and the schedule goes on', async () => {
    const workflowId = await kit.createWorkflow({ inputs: [{ name: 'due', type: 'NUMBER', description: '', required: true }], steps: [transform('one', 'due', { due: 'inputs.due' })] });
    const { id } = await kit.schedule({ cron: '*/5 * * * *' }, { workflowId });
    await kit.jobs.advanceTo(at('10:05:00'));
    expect(await kit.database.prisma.delivery.findMany({ where: { triggerId: id } })).toMatchObject([{ verdict: 'ACCEPTED', state: 'DEAD', executionId: null, launchError: expect.stringContaining('due') }]);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ nextDueAt: at('10:10:00') });
  });
});

describe('what was missed while nothing ran', () => {
  test('is launched once, the rest being accounted for', async () => {
    const { id } = await kit.schedule({ cron: '0 * * * *' });
    await sleepUntil('14:20:00');
    expect(await kit.deliveries(id)).toMatchObject([
      { due: '13:00:00', verdict: 'SKIPPED', reason: '3 due times were missed while nothing ran here: 2027-06-01 11:00:00 to 2027-06-01 13:00:00 (UTC). The schedule makes up for one, the newest.' },
      { due: '14:00:00', verdict: 'ACCEPTED' },
    ]);
    await kit.jobs.advanceTo(at('15:00:00'));
    expect(await kit.launched(id)).toEqual(['14:00:00', '15:00:00']);
  });

  test('is skipped', async () => {
    const { id } = await kit.schedule({ cron: '0 * * * *', missed: 'SKIP' });
    await sleepUntil('11:20:00');
    expect(await kit.deliveries(id)).toMatchObject([{ due: '11:00:00', verdict: 'SKIPPED', reason: 'A due time was missed while nothing ran here: 2027-06-01 11:00:00 (UTC). The schedule skips what it missed.' }]);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ nextDueAt: at('12:00:00'), lastFiredAt: undefined });
  });

  test('is launched, all of it up to a limit', async () => {
    const { id } = await kit.schedule({ cron: '*/10 * * * *', missed: 'ALL', missedLimit: 3 });
    await sleepUntil('11:05:00');
    expect(await kit.launched(id)).toEqual(['10:40:00', '10:50:00', '11:00:00']);
    expect((await kit.deliveries(id))[0]).toMatchObject({ due: '10:30:00', verdict: 'SKIPPED' });
  });
});

describe('when it is changed', () => {
  test('what fell into a pause is not made up for', async () => {
    const { id } = await kit.schedule({ cron: '*/5 * * * *' });
    const paused = await kit.triggers.setActive(kit.identity, id, false);
    expect(paused).toMatchObject({ nextDueAt: undefined, nextFireAt: undefined });
    await kit.jobs.advanceTo(at('10:21:00'));
    await kit.sweep();
    expect(await kit.triggers.setActive(kit.identity, id, true)).toMatchObject({ nextDueAt: at('10:25:00') });
    await kit.jobs.advanceTo(at('10:25:00'));
    expect(await kit.launched(id)).toEqual(['10:25:00']);
  });

  test('a schedule made paused waits until it is resumed', async () => {
    const { id, nextDueAt } = await kit.schedule({ cron: '*/5 * * * *' }, { active: false });
    expect(nextDueAt).toBeUndefined();
    await kit.triggers.setActive(kit.identity, id, true);
    await kit.jobs.advanceTo(at('10:05:00'));
    expect(await kit.launched(id)).toEqual(['10:05:00']);
  });

  test('another expression counts from now on, an earlier one too', async () => {
    const { id } = await kit.schedule({ cron: '0 12 * * *' });
    await kit.triggers.update(kit.identity, { id, settings: { cron: '*/2 * * * *' } });
    await kit.jobs.advanceTo(at('10:02:00'));
    expect(await kit.launched(id)).toEqual(['10:02:00']);
    expect(await kit.triggers.update(kit.identity, { id, settings: { cron: '0 12 * * *' } })).toMatchObject({ nextDueAt: at('12:00:00') });
    await kit.jobs.advanceTo(at('11:00:00'));
    expect(await kit.launched(id)).toEqual(['10:02:00']);
  });

  test('another name leaves a due time alone that is just being launched', async () => {
    const { id } = await kit.schedule({ cron: '*/5 * * * *' });
    kit.jobs.now = at('10:05:00');
    await kit.triggers.update(kit.identity, { id, name: 'Another name' });
    await kit.sweep();
    expect(await kit.launched(id)).toEqual(['10:05:00']);
  });

  test('a deleted one is due no more', async () => {
    const { id } = await kit.schedule({ cron: '*/5 * * * *' });
    await kit.triggers.delete(kit.identity, id);
    await kit.jobs.advanceTo(at('10:30:00'));
    expect(await kit.deliveries(id)).toEqual([]);
  });

  test('what is no schedule is refused beside its field', async () => {
    await expect(kit.schedule({ cron: '5 minutes' })).rejects.toThrow('input.settings.cron: “5 minutes” is an interval in words, not cron. Write it as */5 * * * *.');
    await expect(kit.schedule({ cron: '* * * * *', timeZone: 'Mars', missedLimit: 0, jitterSeconds: 3601 })).rejects.toThrow(/settings.timeZone: .*settings.missedLimit: Give a whole number from 1 to 100.*settings.jitterSeconds/s);
    await expect(kit.schedule({})).rejects.toThrow('input.settings.cron: Give a text.');
  });
});

describe('whatever happens', () => {
  test('nothing is lost with the job store, though a thousand schedules wait', async () => {
    const rows: TriggerRecord[] = [];
    for (let index = 0; index < 1_000; index++) rows.push(await kit.schedule({ cron: `${index % 60} ${10 + (index % 3)} * * *` }));
    kit.jobs.loseAll();
    await kit.sweep();
    await kit.jobs.advanceTo(at('11:30:00'));
    kit.jobs.loseAll();
    await kit.sweep();
    await kit.jobs.advanceTo(at('13:00:00'));
    const launched = await kit.database.prisma.execution.groupBy({ by: ['triggerId'], _count: true });
    const due = rows.filter(({ nextDueAt }) => (nextDueAt?.getTime() ?? 0) <= at('13:00:00').getTime()).map(({ id }) => id);
    expect(due.length).toBeGreaterThan(600);
    expect(new Set(launched.map(({ triggerId }) => triggerId))).toEqual(new Set(due));
    expect(launched.every(({ _count }) => _count === 1)).toBe(true);
  }, 120_000);

  test('several processes that are woken at once launch each due time once, and none of them stores a duplicate', async () => {
    const others = Array.from({ length: 3 }, () => kit.startScheduler().scheduler);
    const ids = await Promise.all(Array.from({ length: 40 }, async () => (await kit.schedule({ cron: '* * * * *' })).id));
    for (const time of ['10:01:00', '10:02:00', '10:03:00']) {
      kit.jobs.now = at(time);
      await Promise.all([kit.scheduler, ...others].map((scheduler) => scheduler.tick()));
    }
    for (const id of ids) expect((await kit.deliveries(id)).map(({ due, verdict }) => [due, verdict])).toEqual([['10:01:00', 'ACCEPTED'], ['10:02:00', 'ACCEPTED'], ['10:03:00', 'ACCEPTED']]);
  });

  test('what a process that died had taken is launched by another one, once its lease has ended', async () => {
    const { id } = await kit.schedule({ cron: '*/30 * * * *' });
    const faults: unknown[] = [];
    const dies = async () => {
      throw new Error('The process is gone.');
    };
    const dying = kit.startScheduler({ intake: { accept: dies, refuse: dies }, onFault: (error) => faults.push(error) }).scheduler;
    kit.jobs.now = at('10:30:00');
    await dying.tick();
    expect(faults).toHaveLength(1);
    await kit.sweep();
    expect(await kit.launched(id)).toEqual([]);
    await kit.jobs.advanceTo(at('10:30:11'));
    expect(await kit.launched(id)).toEqual(['10:30:00']);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ nextDueAt: at('11:00:00') });
  });

  test('one that died while it made up for what was missed had stored some of it, and the rest follows', async () => {
    const { id } = await kit.schedule({ cron: '*/10 * * * *', missed: 'ALL' });
    const { intake } = kit.startScheduler();
    let accepted = 0;
    const dying = kit.startScheduler({
      intake: {
        refuse: (...refused) => intake.refuse(...refused),
        accept: (arrival) => {
          if (++accepted > 2) throw new Error('The process is gone.');
          return intake.accept(arrival);
        },
      },
      onFault: () => undefined,
    }).scheduler;
    kit.jobs.now = at('10:55:00');
    await dying.tick();
    expect(await kit.launched(id)).toEqual(['10:10:00', '10:20:00']);
    await kit.jobs.advanceTo(at('10:55:11'));
    expect(await kit.launched(id)).toEqual(['10:10:00', '10:20:00', '10:30:00', '10:40:00', '10:50:00']);
    expect(await kit.deliveries(id)).toHaveLength(5);
  });

  test('a clock that is put back launches nothing a second time', async () => {
    const { id } = await kit.schedule({ cron: '*/5 * * * *' });
    await kit.jobs.advanceTo(at('10:10:00'));
    await sleepUntil('10:04:00');
    await kit.jobs.advanceTo(at('10:15:00'));
    expect((await kit.deliveries(id)).map(({ due, verdict }) => [due, verdict])).toEqual([['10:05:00', 'ACCEPTED'], ['10:10:00', 'ACCEPTED'], ['10:15:00', 'ACCEPTED']]);
  });

  test('a schedule that is not launched in time raises an alarm, once, which ends when it is launched', async () => {
    const { id } = await kit.schedule({ cron: '0 11 * * *' });
    await kit.schedule({ type: 'schedule.*' }, { type: 'EVENT', mapping: [] });
    kit.jobs.now = at('11:01:00');
    await kit.watch.look();
    expect(kit.late).toEqual([]);
    kit.jobs.now = at('11:01:01');
    await kit.watch.look();
    await kit.watch.look();
    expect([kit.late, await kit.watch.lateCount()]).toEqual([[id], 1]);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ alarmSince: at('11:01:01'), alarm: 'It was due at 2027-06-01 11:00:00 (UTC) and has not been launched. Check that a worker is running and reaches the database.' });
    const told = await kit.database.prisma.outboxEvent.findMany();
    expect(told).toMatchObject([{ type: 'schedule.late', workspaceId: kit.identity.workspaceId, subject: expect.stringContaining(id) }]);
    await kit.sweep();
    expect(await kit.launched(id)).toEqual(['11:00:00']);
    expect(await kit.triggers.find(kit.identity.workspaceId, id)).toMatchObject({ alarmSince: undefined, alarm: undefined });
    expect(await kit.watch.lateCount()).toBe(0);
  });
});
