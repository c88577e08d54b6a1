import { setTimeout as pass } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createLedgerWorkflow, eventsOf, expectNothingLostOrDoubled, readExecution, startLedgerRun } from '../../testing/faults/ledger-run.js';
import { ProcessGroup } from '../../testing/faults/process-group.js';

const madeSchema = z.object({ made: z.object({ id: z.string() }) });
const eventSchema = z.object({ event: z.object({ type: z.string(), at: z.coerce.date() }) });

const create = 'mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }';
const execute = 'mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }';

export interface ProcessSurroundings {
  /** What the environment of every process holds, for jobs to be kept there. */
  environment: Record<string, string>;
  /** Empties the job store. @param group whose jobs they are */
  loseJobs(group: ProcessGroup): Promise<void>;
}

/** What holds of one api and several workers, wherever their jobs are kept. Sweeps and leases come too late for what is expected at once. */
export function describeProcesses(name: string, surroundings: ProcessSurroundings): void {
  describe(`an api and workers with jobs on ${name}`, () => {
    let group: ProcessGroup;
    const start = async (workers: number, leaseSeconds: number) => {
      group = await ProcessGroup.start(workers, { ...surroundings.environment, RUN_LEASE_SECONDS: String(leaseSeconds) });
      return group;
    };
    afterEach(() => group.stop());

    const createWorkflow = async (steps: ({ key: string } & Record<string, unknown>)[]) => madeSchema.parse(await group.user.ask(create, { input: { name: steps.map(({ key }) => key).join(', '), definition: { inputs: [], steps } } })).made.id;
    const run = async (workflowId: string) => madeSchema.parse(await group.user.ask(execute, { input: { workflowId, inputs: {} } })).made.id;
    const runsOn = async () => (await group.sql.query<{ owners: number }>('SELECT count(DISTINCT lease_owner)::int AS owners FROM execution')).rows[0]?.owners;

    it('share the work, and whoever follows a run at the api sees it as it goes', async () => {
      await start(3, 60);
      const delay = (key: string, dependsOn: string[]) => ({ key, name: key, type: 'DELAY', settings: { durationMs: 300 }, dependsOn });
      const workflowId = await createWorkflow([delay('one', []), delay('two', ['one'])]);
      const ids = await Promise.all(Array.from({ length: 60 }, () => run(workflowId)));
      const types = await Promise.all(ids.map(async (id) => (await eventsOf(group.user, id)).at(-1)?.type));
      expect(new Set(types)).toEqual(new Set(['EXECUTION_COMPLETED']));
      expect(await runsOn()).toBeGreaterThan(1);

      // Alone: what a machine with much to do takes for its sixty would be taken for the announcements.
      const lags: number[] = [];
      for await (const { data } of group.user.subscribe('subscription ($id: ID!) { event: executionEvents(executionId: $id) { type at } }', { id: await run(workflowId) })) {
        lags.push(Date.now() - eventSchema.parse(data).event.at.getTime());
      }
      // A lost announcement would be found after five seconds, a lost job after ten.
      expect(lags.at(-1)).toBeLessThan(2_000);
    });

    it('stop a call that runs in a worker once it is cancelled at the api', async () => {
      await start(1, 60);
      const closed = new Promise<void>((resolve) => group.ledger.next('/long', (_effect, response) => void response.once('close', resolve)));
      const workflowId = await createWorkflow([{ key: 'call', name: 'call', type: 'WEBHOOK', settings: { method: 'POST', url: `${group.ledger.url}/long` } }]);
      const id = await run(workflowId);
      await group.ledger.entered('/long', 1);
      const asked = Date.now();
      await group.user.ask('mutation ($id: ID!) { cancelExecution(id: $id) { id } }', { id });
      await closed;
      expect((await eventsOf(group.user, id)).at(-1)?.type).toBe('EXECUTION_CANCELLED');
      expect(Date.now() - asked).toBeLessThan(5_000);
    });

    it('lose nothing and double nothing while workers are killed, stopped past their lease, and replaced one after another', async () => {
      const { user, ledger, workers } = await start(3, 1);
      const workflowId = await createLedgerWorkflow(user, ledger.url);
      const runs: { id: string; name: string }[] = [];
      const startRuns = async (count: number, phase: string) => {
        for (const name of Array.from({ length: count }, (_, index) => `${phase} ${index}`)) runs.push({ name, id: await startLedgerRun(user, workflowId, name) });
      };
      const [first, second, third] = workers;
      await startRuns(8, 'kill');
      await first?.end('SIGKILL');
      await startRuns(8, 'pause');
      await second?.signal('SIGSTOP');
      await startRuns(8, 'while one stands still');
      await pass(2_500);
      await second?.signal('SIGCONT');
      for (const worker of [second, third]) {
        await group.addWorker();
        await startRuns(8, 'deploy');
        expect(await worker?.end('SIGTERM')).toBe(0);
      }
      for (const { id, name } of runs) await expectNothingLostOrDoubled(user, ledger, id, name);
    }, 120_000);

    it('find what waits when every job is lost', async () => {
      await start(2, 3);
      const workflowId = await createWorkflow([{ key: 'wait', name: 'wait', type: 'DELAY', settings: { durationMs: 5_000 } }]);
      const laterId = await createWorkflow([{ key: 'later', name: 'later', type: 'DELAY', settings: { durationMs: 600_000 } }]);
      const ids = await Promise.all(Array.from({ length: 100 }, () => run(workflowId)));
      for (;;) {
        const { rows } = await group.sql.query<{ waiting: number }>(`SELECT count(*)::int AS waiting FROM execution WHERE status = 'WAITING'`);
        if (rows[0]?.waiting === ids.length) break;
      }
      await surroundings.loseJobs(group);
      // The store is not empty again before anybody looks.
      await run(laterId);
      await Promise.all(ids.map((id) => eventsOf(group.user, id)));
      const ended = await Promise.all(ids.map(async (id) => (await readExecution(group.user, id)).status));
      expect(new Set(ended)).toEqual(new Set(['COMPLETED']));
    }, 120_000);
  });
}
