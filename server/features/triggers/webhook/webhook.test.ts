import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

let server: TestServer;
let user: Awaited<ReturnType<typeof signUpUser>>;
let workflowId: string;

const made = z.object({ createTrigger: z.object({ secret: z.string().nullable(), trigger: z.object({ id: z.string() }) }) });
const delivery = z.object({
  id: z.string(),
  verdict: z.string(),
  reason: z.string().nullable(),
  source: z.string(),
  headers: z.record(z.string(), z.string()),
  execution: z.object({ id: z.string(), status: z.string(), trigger: z.string(), inputs: z.unknown() }).nullable(),
});
const deliveriesSchema = z.object({ trigger: z.object({ deliveries: z.object({ edges: z.array(z.object({ node: delivery })) }) }) });

beforeAll(async () => {
  server = await startTestServer();
  user = await signUpUser(server);
  const definition = { inputs: [{ name: 'title', type: 'STRING', required: false }], steps: [{ key: 'one', name: 'One', type: 'TRANSFORM', settings: { expression: 'inputs.title' } }] };
  const { createWorkflow } = await user.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Triage', definition } });
  workflowId = z.object({ id: z.string() }).parse(createWorkflow).id;
});
afterAll(() => server.stop());

interface Webhook {
  id: string;
  secret: string;
}

async function createWebhook(settings: Record<string, unknown> = { scheme: 'GITHUB' }, more: Record<string, unknown> = {}): Promise<Webhook> {
  const input = { workflowId, type: 'WEBHOOK', name: `Hook ${randomUUID()}`, settings, mapping: [{ name: 'title', from: 'payload.title' }], ...more };
  const { secret, trigger } = made.parse(await user.ask('mutation ($input: CreateTriggerInput!) { createTrigger(input: $input) { secret trigger { id } } }', { input })).createTrigger;
  return { id: trigger.id, secret: secret ?? '' };
}

async function deliveriesOf({ id }: Webhook) {
  const answer = await user.ask('query ($id: ID!) { trigger(id: $id) { deliveries(first: 100) { edges { node { id verdict reason source headers execution { id status trigger inputs } } } } } }', { id });
  return deliveriesSchema.parse(answer).trigger.deliveries.edges.map(({ node }) => node);
}

const verdictsOf = async (webhook: Webhook) => (await deliveriesOf(webhook)).map(({ verdict }) => verdict);

const signatureOf = (secret: string, body: string | Buffer) => `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

async function post(id: string, body: string | Buffer, headers: Record<string, string>): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(`${server.url}/hooks/${id}`, { method: 'POST', body: body.toString(), headers });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

function send({ id, secret }: Webhook, body: string, headers: Record<string, string> = {}) {
  return post(id, body, { 'content-type': 'application/json', 'x-github-event': 'issues', 'x-github-delivery': randomUUID(), 'x-hub-signature-256': signatureOf(secret, body), ...headers });
}

const launched = z.object({ deliveryId: z.string(), executionId: z.string() });

test('A signed request launches the workflow with what is mapped from it, and is answered with the delivery and the execution', async () => {
  const webhook = await createWebhook();
  const { status, body } = await send(webhook, '{"title":"Größe 日本"}');
  expect(status).toBe(202);
  const { deliveryId, executionId } = launched.parse(body);
  expect(await deliveriesOf(webhook)).toMatchObject([{ id: deliveryId, verdict: 'ACCEPTED', source: '127.0.0.1', execution: { id: executionId, trigger: 'WEBHOOK', inputs: { title: 'Größe 日本' } } }]);
});

test('A request that comes again, however often at once, launches once, and each answer names that execution', async () => {
  const webhook = await createWebhook();
  const answers = await Promise.all(Array.from({ length: 12 }, () => send(webhook, '{"title":"x"}', { 'x-github-delivery': 'same' })));
  const ids = answers.map(({ body }) => launched.parse(body).executionId);
  expect(new Set(ids).size).toBe(1);
  expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(202));
  expect((await verdictsOf(webhook)).toSorted()).toEqual(['ACCEPTED', ...Array<string>(11).fill('DUPLICATE')]);
  expect(answers.filter(({ body }) => z.looseObject({ duplicate: z.literal(true) }).safeParse(body).success)).toHaveLength(11);
});

describe('A request is refused', () => {
  test('with one answer whatever is wrong with its signature, the reason being kept for its owner', async () => {
    const webhook = await createWebhook();
    const attempts = [{ 'x-hub-signature-256': '' }, { 'x-hub-signature-256': 'sha256=00' }, { 'x-hub-signature-256': signatureOf('another', '{}') }, { 'x-hub-signature-256': signatureOf(webhook.secret, '{} ') }];
    const answers = await Promise.all(attempts.map((headers) => send(webhook, '{}', headers)));
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect(body).toEqual({ errors: [{ message: 'The request is not signed as it must be.', extensions: { code: 'UNAUTHENTICATED' } }] });
    }
    expect((await deliveriesOf(webhook)).map(({ verdict, reason, execution }) => [verdict, execution, typeof reason])).toEqual(Array(4).fill(['BAD_SIGNATURE', null, 'string']));
  });

  test('alike at an address that never was, one that was deleted, one that is paused and one of another type', async () => {
    const [deleted, paused] = [await createWebhook(), await createWebhook(undefined, { active: false })];
    await user.ask('mutation ($id: ID!) { deleteTrigger(id: $id) { id } }', { id: deleted.id });
    const manual = await createWebhook({}, { type: 'MANUAL' });
    const answers = await Promise.all([deleted, paused, manual, { ...paused, secret: 'wrong' }, { id: randomUUID(), secret: '' }, { id: 'nothing', secret: '' }, { id: '%00', secret: '' }, { id: 'a/b', secret: '' }].map((webhook) => send(webhook, '{}')));
    for (const { status, body } of answers) expect([status, body]).toEqual([404, { errors: [{ message: 'There is nothing at this address.', extensions: { code: 'NOT_FOUND' } }] }]);
    expect(await verdictsOf(paused)).toEqual(['PAUSED']);
  });

  test('when it was signed too long ago', async () => {
    const webhook = await createWebhook({ scheme: 'SLACK' }, { secret: '8f742231b10e8888abcd99yyyzzz85a5' });
    const signed = (secondsAgo: number, body: string) => {
      const timestamp = String(Math.floor(Date.now() / 1_000) - secondsAgo);
      return { 'content-type': 'application/json', 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${createHmac('sha256', '8f742231b10e8888abcd99yyyzzz85a5').update(`v0:${timestamp}:${body}`).digest('hex')}` };
    };
    expect((await post(webhook.id, '{"event_id":"Ev1"}', signed(0, '{"event_id":"Ev1"}'))).status).toBe(202);
    expect((await post(webhook.id, '{"event_id":"Ev2"}', signed(301, '{"event_id":"Ev2"}'))).status).toBe(400);
    expect((await post(webhook.id, '{"event_id":"Ev3"}', signed(-400, '{"event_id":"Ev3"}'))).status).toBe(400);
    const challenge = '{"type":"url_verification","challenge":"abc"}';
    expect(await post(webhook.id, challenge, signed(0, challenge))).toMatchObject({ status: 200, body: { challenge: 'abc' } });
    expect(await verdictsOf(webhook)).toEqual(['SKIPPED', 'STALE', 'STALE', 'ACCEPTED']);
  });

  test('with each thing that is wrong when the payload does not fit, or can’t be read', async () => {
    const webhook = await createWebhook({ scheme: 'GITHUB', payloadSchema: { type: 'object', required: ['title'], properties: { title: { type: 'string' }, n: { type: 'integer' } } } });
    expect(await send(webhook, '{"n":"x"}')).toMatchObject({ status: 422, body: { errors: [{ extensions: { code: 'INVALID_PAYLOAD', problems: ['The whole: "title" is missing', 'n: must be a whole number'] } }] } });
    expect(await send(webhook, '{"title":')).toMatchObject({ status: 422, body: { errors: [{ message: expect.stringContaining('The body is not valid JSON') }] } });
    expect((await send(webhook, '{"title":"fits"}')).status).toBe(202);
    expect(await verdictsOf(webhook)).toEqual(['ACCEPTED', 'INVALID_PAYLOAD', 'INVALID_PAYLOAD']);
  });

  test('when too many come within a minute, with how long to wait', async () => {
    const webhook = await createWebhook(undefined, { ratePerMinute: 2 });
    const answers = [await send(webhook, '{}'), await send(webhook, '{}'), await send(webhook, '{}')];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
    expect(Number(answers[2]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await verdictsOf(webhook))[0]).toBe('RATE_LIMITED');
  });

  test('when it is longer than a megabyte, whether or not it says so', async () => {
    const webhook = await createWebhook();
    const long = JSON.stringify({ title: 'x'.repeat(1024 * 1024) });
    expect((await send(webhook, long)).status).toBe(413);
    const chunks = new ReadableStream({ start: (stream) => (stream.enqueue(Buffer.from(long)), stream.close()) });
    const response = await fetch(`${server.url}/hooks/${webhook.id}`, { method: 'POST', body: chunks, duplex: 'half' });
    expect(response.status).toBe(413);
    const most = JSON.stringify({ title: 'x'.repeat(1024 * 1024 - 12) });
    expect(most).toHaveLength(1024 * 1024);
    expect((await send(webhook, most)).status).toBe(202);
    expect(await verdictsOf(webhook)).toEqual(['ACCEPTED']);
  });

  test('when it is no POST', async () => {
    const webhook = await createWebhook();
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const response = await fetch(`${server.url}/hooks/${webhook.id}`, { method });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
    expect(await verdictsOf(webhook)).toEqual([]);
  });
});

test('A flood of forged requests is told in a few deliveries', async () => {
  const webhook = await createWebhook();
  const answers = await Promise.all(Array.from({ length: 60 }, () => send(webhook, 'x'.repeat(20_000), { 'x-hub-signature-256': 'sha256=00' })));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect(await verdictsOf(webhook)).toEqual(Array(10).fill('BAD_SIGNATURE'));
});

test('What is not JSON is mapped too: a form by its fields, text as it is, an empty body as nothing', async () => {
  const form = await createWebhook();
  await send(form, 'title=A+form&x=1', { 'content-type': 'application/x-www-form-urlencoded' });
  const text = await createWebhook(undefined, { mapping: [{ name: 'title', from: 'payload' }] });
  await send(text, 'Just ünicode text', { 'content-type': 'text/plain' });
  await send(text, '', { 'content-type': 'text/plain' });
  const inputs = async (webhook: Webhook) => (await deliveriesOf(webhook)).map(({ execution }) => execution?.inputs);
  expect(await inputs(form)).toMatchObject([{ title: 'A form' }]);
  expect(await inputs(text)).toMatchObject([{}, { title: 'Just ünicode text' }]);
});

test('Headers and the query can be mapped; a header that holds the secret is not kept', async () => {
  const webhook = await createWebhook({ scheme: 'HEADER', signature: { header: 'X-Pass' } }, { mapping: [{ name: 'title', from: 'headers.x-topic' }] });
  const { status } = await post(`${webhook.id}?page=2`, '{}', { 'x-pass': webhook.secret, 'x-topic': 'news' });
  expect(status).toBe(202);
  const [stored] = await deliveriesOf(webhook);
  expect(stored?.execution?.inputs).toMatchObject({ title: 'news' });
  expect(JSON.stringify(stored)).not.toContain(webhook.secret);
});

describe('A secret', () => {
  const rotate = async (input: Record<string, unknown>) =>
    z
      .object({ rotateTriggerSecret: z.object({ secret: z.string().nullable(), trigger: z.object({ previousSecretExpiresAt: z.string().nullable() }) }) })
      .parse(await user.ask('mutation ($input: RotateTriggerSecretInput!) { rotateTriggerSecret(input: $input) { secret trigger { previousSecretExpiresAt } } }', { input })).rotateTriggerSecret;

  test('is made anew, and the one before is accepted for as long as was said', async () => {
    const webhook = await createWebhook();
    const { secret, trigger } = await rotate({ triggerId: webhook.id, keepPreviousForHours: 1 });
    expect(Date.parse(trigger.previousSecretExpiresAt ?? '')).toBeGreaterThan(Date.now() + 3_500_000);
    expect((await send(webhook, '{}')).status).toBe(202);
    expect((await send({ ...webhook, secret: secret ?? '' }, '{}')).status).toBe(202);
    const last = await rotate({ triggerId: webhook.id, keepPreviousForHours: 0 });
    expect(last.trigger.previousSecretExpiresAt).toBeNull();
    const statuses = await Promise.all([webhook.secret, secret ?? '', last.secret ?? ''].map(async (good) => (await send({ ...webhook, secret: good }, '{}')).status));
    expect(statuses).toEqual([401, 401, 202]);
  });

  test('that the sender makes is entered later, and until then nothing is accepted', async () => {
    const webhook = await createWebhook({ scheme: 'STRIPE' });
    const setUp = () => user.ask('query ($id: ID!) { trigger(id: $id) { webhook { address secretMissing steps command } } }', { id: webhook.id });
    expect(await setUp()).toMatchObject({ trigger: { webhook: { address: `/hooks/${webhook.id}`, secretMissing: true } } });
    const timestamp = String(Math.floor(Date.now() / 1_000));
    const stripe = (secret: string) => post(webhook.id, '{}', { 'stripe-signature': `t=${timestamp},v1=${createHmac('sha256', secret).update(`${timestamp}.{}`).digest('hex')}` });
    expect((await stripe('whsec_of_stripe')).status).toBe(401);
    await expect(rotate({ triggerId: webhook.id, secret: 'short' })).rejects.toThrow('Give a secret of 8 characters at least.');
    expect((await rotate({ triggerId: webhook.id, secret: 'whsec_of_stripe' })).secret).toBeNull();
    expect((await stripe('whsec_of_stripe')).status).toBe(202);
    expect(await setUp()).toMatchObject({ trigger: { webhook: { secretMissing: false } } });
  });

  test('is not had by a trigger without one', async () => {
    const open = await createWebhook({ scheme: 'NONE' });
    await expect(rotate({ triggerId: open.id })).rejects.toThrow('Its requests are not signed');
    await expect(rotate({ triggerId: (await createWebhook({}, { type: 'MANUAL' })).id })).rejects.toThrow('It is no webhook.');
    expect((await post(open.id, '{}', {})).status).toBe(202);
  });
});

test('While somebody listens, what arrives at a paused webhook is kept as a test and launches nothing', async () => {
  const webhook = await createWebhook(undefined, { active: false });
  const listen = (mutation: string) => user.ask(`mutation ($id: ID!) { ${mutation}(triggerId: $id) { revision listeningUntil } }`, { id: webhook.id });
  expect(await listen('listenForTestEvents')).toMatchObject({ listenForTestEvents: { revision: 1, listeningUntil: expect.any(String) } });
  expect(await send(webhook, '{"title":"a test"}')).toMatchObject({ status: 202, body: { executionId: null } });
  expect((await send(webhook, '{}', { 'x-hub-signature-256': 'sha256=00' })).status).toBe(401);
  await listen('stopListeningForTestEvents');
  expect((await send(webhook, '{}')).status).toBe(404);
  expect(await verdictsOf(webhook)).toEqual(['PAUSED', 'BAD_SIGNATURE', 'TEST']);
});

test('What arrived can be looked at as a mapping reads it, what was refused unread too', async () => {
  const webhook = await createWebhook();
  await send(webhook, '{"title":"x"}');
  await send(webhook, 'no JSON', { 'x-hub-signature-256': 'sha256=00' });
  const answer = await user.ask('query ($id: ID!) { trigger(id: $id) { deliveries { edges { node { arrived } } } } }', { id: webhook.id });
  expect(answer).toMatchObject({ trigger: { deliveries: { edges: [{ node: { arrived: { payload: 'no JSON' } } }, { node: { arrived: { payload: { title: 'x' }, query: {}, headers: { 'x-github-event': 'issues' } } } }] } } });
  const input = { workflowId, type: 'WEBHOOK', mapping: [{ name: 'title', from: 'payload.action' }] };
  expect(await user.ask('query ($input: PreviewTriggerInputsInput!) { previewTriggerInputs(input: $input) { inputs } }', { input })).toMatchObject({ previewTriggerInputs: { inputs: expect.anything() } });
});

test('A sender that breaks off leaves nothing behind, and others are served', async () => {
  const webhook = await createWebhook();
  const { port, hostname } = new URL(server.url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`POST /hooks/${webhook.id} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{`, () => socket.resetAndDestroy());
    });
    socket.once('close', () => resolve());
  });
  expect((await send(webhook, '{}')).status).toBe(202);
  expect(await verdictsOf(webhook)).toEqual(['ACCEPTED']);
});
