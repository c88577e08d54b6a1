import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { OrderedIds } from '../../../ordered-ids.js';
import { ProcessGroup } from '../../../testing/faults/process-group.js';
import { type ProcessSurroundings } from '../../executions/processes.contract.js';
import { scheduleSettings } from './schedule-settings.js';

const schedules = 1_000;
const everySeconds = 10;
const turns = 3;
const waitingRuns = 100;

const madeSchema = z.object({ made: z.object({ id: z.string() }) });
const triggerSchema = z.object({ made: z.object({ trigger: z.object({ id: z.string() }) }) });
const create = 'mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }';

/** What holds of schedules that several processes launch, wherever their jobs are kept. */
export function describeScheduledProcesses(name: string, surroundings: ProcessSurroundings): void {
  describe(`schedules launched by four processes with jobs on ${name}`, () => {
    let group: ProcessGroup;
    afterEach(() => group.stop());

    const createWorkflow = async (inputs: object[], steps: object[]) => madeSchema.parse(await group.user.ask(create, { input: { name: JSON.stringify(steps).slice(0, 60), definition: { inputs, steps } } })).made.id;

    it(`launch each due time of ${schedules} once, and no run that waits is lost, while every job is lost and processes are killed, stopped and replaced`, async () => {
      group = await ProcessGroup.start(4, { ...surroundings.environment, RUN_LEASE_SECONDS: '3' });
      const { user, sql, ledger, workers } = group;
      const waitingId = await createWorkflow([], [{ key: 'wait', name: 'wait', type: 'DELAY', settings: { durationMs: 25_000 } }]);
      const settings = { method: 'POST', url: `${ledger.url}/due`, body: { type: 'JSON', template: '{{ delivery | json }}' } };
      const workflowId = await createWorkflow([{ name: 'delivery', type: 'STRING' }], [{ key: 'call', name: 'call', type: 'WEBHOOK', settings, inputs: [{ name: 'delivery', from: 'inputs.delivery' }], retry: { maxAttempts: 10, initialDelayMs: 10, maxDelayMs: 50 } }]);
      const begin = Math.ceil(Date.now() / 10_000) * 10_000 + 10_000;
      await seed(group, workflowId, begin);
      await Promise.all(Array.from({ length: waitingRuns }, () => user.ask('mutation ($id: ID!) { executeWorkflow(input: { workflowId: $id }) { id } }', { id: waitingId })));

      const [first, second, third] = workers;
      const at = (seconds: number) => pass(Math.max(0, begin + seconds * 1_000 - Date.now()));
      await at(4);
      await surroundings.loseJobs(group);
      await at(8);
      await first?.end('SIGKILL');
      await group.addWorker();
      await at(12);
      await second?.signal('SIGSTOP');
      await at(17);
      await second?.signal('SIGCONT');
      const deployed = third?.end('SIGTERM');
      await group.addWorker();
      expect(await deployed).toBe(0);

      const end = new Date(begin + turns * everySeconds * 1_000).toISOString();
      await until(async () => (await count(group, 'SELECT count(*) FROM (SELECT DISTINCT trigger_id, due_at FROM delivery WHERE due_at < $1) AS due', end)) === schedules * turns);
      await sql.query(`UPDATE trigger SET active = FALSE`);
      await until(async () => (await count(group, 'SELECT count(*) FROM execution WHERE finished_at IS NULL')) === 0);

      expect(await count(group, `SELECT count(*) FROM delivery WHERE due_at < $1 AND verdict = 'ACCEPTED' AND state = 'LAUNCHED'`, end)).toBe(schedules * turns);
      expect(await count(group, `SELECT count(*) FROM (SELECT 1 FROM delivery WHERE verdict = 'ACCEPTED' GROUP BY trigger_id, due_at HAVING count(*) > 1) AS twice`)).toBe(0);
      expect(await count(group, `SELECT count(*) FROM execution WHERE workflow_id = $1 AND status = 'COMPLETED'`, waitingId)).toBe(waitingRuns);
      const { rows } = await sql.query<{ deliveryId: string }>(`SELECT delivery_id AS "deliveryId" FROM execution WHERE trigger = 'SCHEDULED' AND status = 'COMPLETED' ORDER BY 1`);
      const accepted = await sql.query<{ id: string }>(`SELECT id FROM delivery WHERE verdict = 'ACCEPTED' ORDER BY 1`);
      expect(rows.map(({ deliveryId }) => deliveryId)).toEqual(accepted.rows.map(({ id }) => id));
      // As the world outside saw it: each once, or again under the same key.
      const keys = new Map<string, Set<string>>();
      for (const { body, idempotencyKey } of ledger.effects) keys.set(body, (keys.get(body) ?? new Set()).add(idempotencyKey));
      expect([...keys.keys()].map((body) => z.string().parse(JSON.parse(body))).sort()).toEqual(accepted.rows.map(({ id }) => id));
      expect([...keys.values()].filter((ofOne) => ofOne.size > 1)).toEqual([]);
    }, 240_000);
  });
}

/** Copies of one that the API has made: a thousand at once take the API a while. */
async function seed({ user, sql }: ProcessGroup, workflowId: string, begin: number): Promise<void> {
  const given = (offset: number) => scheduleSettings.parse({ cron: `${offset}/${everySeconds} * * * * *`, missed: 'ALL', missedLimit: 100 });
  const input = { workflowId, type: 'SCHEDULED', name: 'Schedule', settings: given(0), mapping: [{ name: 'delivery', from: 'delivery.id' }], active: false };
  const { made } = triggerSchema.parse(await user.ask('mutation ($input: CreateTriggerInput!) { made: createTrigger(input: $input) { trigger { id } } }', { input }));
  const ids = new OrderedIds();
  const rows = Array.from({ length: schedules }, (_, index) => index % everySeconds).map((offset) => ({ id: ids.next(new Date()), settings: JSON.stringify(given(offset)), due: new Date(begin + offset * 1_000).toISOString() }));
  await sql.query(
    `INSERT INTO trigger (id, workspace_id, workflow_id, name, type, settings, mapping, created_by_id, next_due_at, next_fire_at)
     SELECT made.id, workspace_id, workflow_id, name, type, made.settings, mapping, created_by_id, made.due, made.due
     FROM trigger CROSS JOIN json_to_recordset($1::json) AS made (id text, settings text, due timestamp) WHERE trigger.id = $2`,
    [JSON.stringify(rows), made.trigger.id],
  );
}

async function count({ sql }: ProcessGroup, statement: string, ...params: unknown[]): Promise<number> {
  const { rows } = await sql.query<{ count: string }>(statement, params);
  return Number(rows[0]?.count);
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await pass(200);
}
