import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;
let key: string;
let quick: string;
let slow: string;

const created = z.object({ id: z.string() });

beforeAll(async () => {
  server = await startTestServer();
  ada = await signUpUser(server);
  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "Shop" }) { secret } }');
  key = z.object({ secret: z.string() }).parse(createApiKey).secret;
  const say = { key: 'say', name: 'Say', type: 'TRANSFORM', inputs: [{ name: 'name', from: 'inputs.name' }], settings: { expression: '"Hello " & name' } };
  const wait = { key: 'wait', name: 'Wait', type: 'DELAY', settings: { durationMs: 3_600_000 }, dependsOn: ['say'] };
  quick = await createTrigger('Quick', [say]);
  slow = await createTrigger('Slow', [say, wait]);
});
afterAll(() => server.stop());

async function createTrigger(name: string, steps: unknown[], type = 'API'): Promise<string> {
  const definition = { inputs: [{ name: 'name', type: 'STRING', required: true }], steps };
  const { createWorkflow } = await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name, definition } });
  const input = { workflowId: created.parse(createWorkflow).id, type, name };
  const { createTrigger: made } = await ada.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { trigger { id } } }', { input });
  return z.object({ trigger: created }).parse(made).trigger.id;
}

function post(path: string, body: unknown = { name: 'Ada' }, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(server.url + path, { method: 'POST', headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
}

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers: { authorization: `Bearer ${key}`, ...headers } });

const launchedSchema = z.object({ deliveryId: z.string(), executionId: z.string(), url: z.string(), events: z.string() });

describe('POST /triggers/:id', () => {
  test('answers at once with the execution, which can be asked for below it', async () => {
    const response = await post(`/triggers/${quick}`);
    expect(response.status).toBe(202);
    const { executionId, url } = launchedSchema.parse(await response.json());
    const result = await get(`${url}?wait=20`);
    expect(await result.json()).toEqual({ executionId, status: 'COMPLETED', output: 'Hello Ada' });
  });

  test('with ?wait gives the output of a run that ends in time', async () => {
    const response = await post(`/triggers/${quick}?wait=20`, { name: 'Grace' });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ status: 'COMPLETED', output: 'Hello Grace' });
  });

  test('with ?wait answers 202 where the run takes longer', async () => {
    const response = await post(`/triggers/${slow}?wait=0.2`);
    expect(response.status).toBe(202);
    expect(launchedSchema.extend({ status: z.string() }).parse(await response.json()).status).toMatch(/RUNNING|WAITING|QUEUED/);
  });

  test('as a stream sends every event once and in order, and ends with the run', async () => {
    const response = await post(`/triggers/${quick}`, { name: 'Ada' }, { accept: 'text/event-stream' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const text = await response.text();
    const ids = [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => index + 1));
    expect(text).toMatch(/event: EXECUTION_COMPLETED\n.*\n\n$/);
  });

  test('a stream that was cut off goes on after the last event that was seen', async () => {
    const { events } = launchedSchema.parse(await (await post(`/triggers/${quick}`)).json());
    const whole = await (await get(events)).text();
    const rest = await (await get(events, { 'last-event-id': '2' })).text();
    expect(whole.endsWith(rest)).toBe(true);
    expect(rest.startsWith('id: 3\n')).toBe(true);
  });

  test('who hangs up while waiting or following holds nothing: as many may come after them', async () => {
    const { executionId, url, events } = launchedSchema.parse(await (await post(`/triggers/${slow}`)).json());
    const hangUp = async (path: string) => {
      const connection = new AbortController();
      const answer = fetch(server.url + path, { headers: { authorization: `Bearer ${key}` }, signal: connection.signal });
      const reading = path === events ? answer.then((response) => response.body?.getReader().read()) : Promise.race([answer, pass(20)]);
      await reading;
      connection.abort();
      await answer.then((response) => response.text()).catch(() => undefined);
    };
    // More than one key may have open at a time.
    for (let round = 0; round < 6; round++) await Promise.all(Array.from({ length: 10 }, () => [hangUp(events), hangUp(`${url}?wait=60`)]).flat());
    expect(await (await get(`${url}?wait=0.1`)).json()).toMatchObject({ executionId, status: 'WAITING' });
  });

  test('with one Idempotency-Key launches one execution', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, async () => launchedSchema.parse(await (await post(`/triggers/${quick}`, undefined, { 'idempotency-key': 'order 7' })).json())));
    expect(new Set(answers.map(({ executionId }) => executionId)).size).toBe(1);
  });
});

describe('what is refused', () => {
  const refused = async (response: Response) => ({ status: response.status, code: z.object({ errors: z.tuple([z.object({ extensions: z.object({ code: z.string() }) })]) }).parse(await response.json()).errors[0].extensions.code });

  test('no key, and a wrong one', async () => {
    expect(await refused(await fetch(`${server.url}/triggers/${quick}`, { method: 'POST' }))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
    expect(await refused(await post(`/triggers/${quick}`, {}, { authorization: 'Bearer pp_wrong' }))).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  });

  test('a trigger of another workspace, of another type, and one that the key is not for', async () => {
    const { createApiKey } = await ada.ask('mutation ($ids: [ID!]) { createApiKey(input: { name: "One", triggerIds: $ids }) { secret } }', { ids: [slow] });
    const limited = z.object({ secret: z.string() }).parse(createApiKey).secret;
    const manual = await createTrigger('Manual', [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: '1' } }], 'MANUAL');
    const stranger = await signUpUser(server, 'Eve');
    for (const [id, authorization] of [[quick, `Bearer ${stranger.token}`], [quick, `Bearer ${limited}`], [manual, `Bearer ${key}`], ['nowhere', `Bearer ${key}`]] as const) {
      expect(await refused(await post(`/triggers/${id}`, {}, { authorization }))).toEqual({ status: 404, code: 'NOT_FOUND' });
    }
    expect((await post(`/triggers/${slow}`, undefined, { authorization: `Bearer ${limited}` })).status).toBe(202);
  });

  test('inputs that do not fit: kept as a dead delivery, and told', async () => {
    const response = await post(`/triggers/${quick}`, { nobody: 1 });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ executionId: null, state: 'DEAD', reason: expect.stringContaining('input.inputs.name') });
  });

  test('a body that is no JSON, or longer than a megabyte', async () => {
    expect((await post(`/triggers/${quick}`, '{"name"')).status).toBe(400);
    expect((await post(`/triggers/${quick}`, { name: 'x'.repeat(1_100_000) })).status).toBe(413);
  });

  test('a wait that is none', async () => {
    expect(await refused(await post(`/triggers/${quick}?wait=600`))).toEqual({ status: 400, code: 'BAD_USER_INPUT' });
  });

  test('while it is paused', async () => {
    await ada.ask('mutation ($id: ID!) { pauseTrigger(id: $id) { id } }', { id: slow });
    expect(await refused(await post(`/triggers/${slow}`))).toEqual({ status: 409, code: 'CONFLICT' });
    await ada.ask('mutation ($id: ID!) { resumeTrigger(id: $id) { id } }', { id: slow });
  });
});
