import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { withoutLongOutput } from '../event.view.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { InspectionLoader } from './inspection.loader.js';
import { ExecutionInspectionResolver, StepInspectionResolver } from './inspection.resolver.js';
import { InspectionStore } from './inspection.store.js';

const sandbox = startSandbox({ workers: 1 });
let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  ask = graphqlRequests(
    [ExecutionResolver, ExecutionInspectionResolver, StepInspectionResolver],
    [
      new ExecutionResolver(kit.executions, new ExecutionLoader(kit.executions), kit.workflowLoader, kit.people),
      new ExecutionInspectionResolver(),
      new StepInspectionResolver(new InspectionLoader(new InspectionStore(kit.database))),
    ],
  );
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

async function start(steps: Parameters<ExecutionKit['createWorkflow']>[0]['steps']): Promise<string> {
  return (await kit.executions.execute(kit.identity, { workflowId: await kit.createWorkflow({ inputs: [], steps }), inputs: {} })).id;
}

const attempts = 'attempts { number startedAt finishedAt outcome error { code } retryAt waits { reason startedAt finishedAt } }';

test('each attempt at a step is told with its outcome, its waits, and when the next one was due', async () => {
  const promptId = await kit.createPrompt('Greet', 'Hello');
  const retry = { maxAttempts: 2, initialDelayMs: 1000, maxDelayMs: 1000 };
  kit.modelServer.reply({ kind: 'status', status: 500 }, { kind: 'ok', tokens: ['Hi'] });
  const id = await start([step('pause', 'DELAY', { durationMs: 60_000 }), promptStep('greet', promptId, {}, { retry, dependsOn: ['pause'] })]);
  await kit.event(id, ({ type }) => type === 'STEP_WAITING');
  expect(await ask(kit.identity, `{ execution(id: "${id}") { steps { key ${attempts} } } }`)).toMatchObject({
    execution: { steps: [{ key: 'pause', attempts: [{ number: 1, finishedAt: null, outcome: 'WAITING', waits: [{ reason: 'DELAY', finishedAt: null }] }] }, { key: 'greet', attempts: [] }] },
  });
  await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 60_000));
  await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
  await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 1_000));
  await kit.allEvents(id);
  expect(await ask(kit.identity, `{ execution(id: "${id}") { steps { key ${attempts} } } }`)).toMatchObject({
    execution: {
      steps: [
        { key: 'pause', attempts: [{ number: 1, finishedAt: expect.any(String), outcome: 'COMPLETED', waits: [{ reason: 'DELAY', finishedAt: expect.any(String) }] }] },
        {
          key: 'greet',
          attempts: [
            { number: 1, outcome: 'FAILED', error: { code: 'UNAVAILABLE' }, retryAt: expect.any(String), waits: [] },
            { number: 2, outcome: 'COMPLETED', error: null, retryAt: null },
          ],
        },
      ],
    },
  });
});

test('attempts and logs of all steps cost one statement each, however many steps and attempts there are', async () => {
  const many = Array.from({ length: 20 }, (_, index) => transform(`step${index}`, '1'));
  const [few, more] = [await start(many.slice(0, 2)), await start(many)];
  await Promise.all([kit.allEvents(few), kit.allEvents(more)]);
  const queriesFor = async (id: string) => {
    const before = kit.queryCount();
    await ask(kit.identity, `{ execution(id: "${id}") { steps { ${attempts} logs { message } childStates { count } } } }`);
    return kit.queryCount() - before;
  };
  await queriesFor(few);
  expect(await queriesFor(more)).toBe(await queriesFor(few));
});

test('what a step logged is told with its level and fields', async () => {
  const id = await start([step('call', 'WEBHOOK', { method: 'GET', url: 'http://10.0.0.1/' }, { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } })]);
  await kit.allEvents(id);
  expect(await ask(kit.identity, `{ execution(id: "${id}") { step(key: "call") { key logs { seq attempt level message fields } } none: step(key: "nothing") { key } } }`)).toMatchObject({
    execution: { step: { key: 'call', logs: [{ seq: expect.any(Number), attempt: 1, level: 'WARN', message: expect.any(String), fields: { code: expect.any(String) } }] }, none: null },
  });
});

test('of a long output a page gets the beginning, and an event leaves it out where it is asked to', async () => {
  const id = await start([transform('short', '{ "a": 1 }'), transform('long', '$join([1..60000].$string(), " ")', {}, { dependsOn: ['short'] })]);
  const events = await kit.allEvents(id);
  const excerpt = 'outputExcerpt { value beginning isText length }';
  const answer = await ask(kit.identity, `{ execution(id: "${id}") { ${excerpt} steps { key ${excerpt} inputExcerpt { value } } } }`);
  const long = { value: null, beginning: expect.stringMatching(/^1 2 3 /), isText: true, length: 348_893 };
  expect(answer).toMatchObject({
    execution: { outputExcerpt: long, steps: [{ key: 'short', outputExcerpt: { value: { a: 1 }, beginning: null, isText: false, length: 12 }, inputExcerpt: { value: {} } }, { key: 'long', outputExcerpt: long }] },
  });
  expect(JSON.stringify(answer).length).toBeLessThan(110_000);
  const ending = events.at(-1);
  if (!ending) throw new Error('A run has events.');
  expect(withoutLongOutput(ending, 1_000).payload).toEqual({ usage: expect.anything(), outputOmitted: true });
  expect(withoutLongOutput(ending, 1_000_000)).toBe(ending);
  expect(withoutLongOutput(ending, undefined)).toBe(ending);
});

test('what runs for a step is counted by status, and listed by it', async () => {
  const inner = [transform('check', 'item = 2 ? $error("Two") : item', { item: 'item' })];
  const id = await start([step('each', 'MAP', { steps: inner, maxParallel: 3, onItemError: 'CONTINUE' }, { inputs: [{ name: 'items', value: [1, 2, 3] }] })]);
  await kit.allEvents(id);
  const query = `{ execution(id: "${id}") { step(key: "each") { childStates { status count } } children(stepKey: "each", status: FAILED) { edges { node { itemIndex error { message } } } } } }`;
  expect(await ask(kit.identity, query)).toMatchObject({
    execution: {
      step: { childStates: [{ status: 'COMPLETED', count: 2 }, { status: 'FAILED', count: 1 }] },
      children: { edges: [{ node: { itemIndex: 1, error: { message: expect.stringContaining('Two') } } }] },
    },
  });
});

test('the store tells nothing of the executions of another workspace', async () => {
  const id = await start([transform('one', '1')]);
  await kit.allEvents(id);
  const store = new InspectionStore(kit.database);
  const stranger = await createIdentity(kit.database);
  expect(await store.attemptEvents(kit.identity.workspaceId, [id])).not.toEqual([]);
  expect(await store.attemptEvents(stranger.workspaceId, [id])).toEqual([]);
  expect(await store.logEvents(stranger.workspaceId, [id])).toEqual([]);
  expect(await store.childStates(stranger.workspaceId, [id])).toEqual([]);
});
