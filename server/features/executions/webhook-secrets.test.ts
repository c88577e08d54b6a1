import { type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type Sandbox } from '../../sandbox/sandbox.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../testing/execution-kit.js';
import { type RecordedRequest, type RecordingServer, startRecordingServer } from '../../testing/recording-server.js';

const secret = 'whsec 0123456789"abcdef';

let sandbox: Sandbox;
let kit: ExecutionKit;
let url: string;
let received: RecordedRequest[];
let answer: (request: RecordedRequest, response: ServerResponse) => void;
let server: RecordingServer;

beforeAll(async () => {
  sandbox = startSandbox();
  server = await startRecordingServer((request, response) => answer(request, response));
  ({ url, received } = server);
});
afterAll(async () => {
  server.close();
  await sandbox.close();
});
beforeEach(async () => {
  received.length = 0;
  answer = (_, response) => void response.end('fine');
  kit = await startExecutionKit(sandbox);
  await kit.secrets.create(kit.identity, { name: 'TOKEN', value: secret });
});
afterEach(async () => {
  expect(kit.faults).toEqual([]);
  await kit.stop();
});

async function start(settings: object, more: Partial<WorkflowStepInput> = {}): Promise<string> {
  const retry = { maxAttempts: 2, initialDelayMs: 0, maxDelayMs: 0 };
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('call', 'WEBHOOK', { method: 'POST', url, ...settings }, { retry, ...more })] });
  kit.startRunner();
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id;
}

/** All that the database holds of runs. */
async function stored(): Promise<string> {
  const { prisma } = kit.database;
  return JSON.stringify(await Promise.all([prisma.execution.findMany(), prisma.stepExecution.findMany(), prisma.executionEvent.findMany(), prisma.executionSignal.findMany()]));
}

const failureOf = async (id: string) => (await kit.allEvents(id)).find(({ type }) => type === 'STEP_FAILED')?.payload['error'];

it('Secrets are sent in the address, the headers and the body, and through the filters of the template', async () => {
  const id = await start(
    {
      url: `${url}/?key={{ secrets.TOKEN | url_encode }}`,
      headers: [
        { name: 'X-Token', value: '{{ token }}' },
        { name: 'Authorization', value: 'Basic {{ "me:" | append: secrets.TOKEN | base64_encode }}' },
      ],
      body: { type: 'JSON', template: '{"token": {{ secrets["TOKEN"] | json }}}' },
    },
    { inputs: [{ name: 'token', from: 'secrets.TOKEN' }] },
  );
  await kit.allEvents(id);
  expect(received).toMatchObject([
    {
      url: `/?key=${new URLSearchParams({ k: secret }).toString().slice(2)}`,
      headers: { 'x-token': secret, authorization: `Basic ${Buffer.from(`me:${secret}`).toString('base64')}` },
      body: JSON.stringify({ token: secret }).replace(':', ': '),
    },
  ]);
});

it('What a server says of them again is kept nowhere, whichever way it writes them', async () => {
  answer = ({ url: asked, headers, body }, response) =>
    void response.writeHead(200, { 'content-type': 'application/json', 'x-echo': secret }).end(JSON.stringify({ asked, headers, body, [secret]: [secret, encodeURIComponent(secret)] }));
  const id = await start(
    {
      url: `${url}/?key={{ secrets.TOKEN | url_encode }}`,
      headers: [{ name: 'Authorization', value: 'Basic {{ "me:" | append: secrets.TOKEN | base64_encode }}' }],
      body: { type: 'JSON', template: '{"token": {{ secrets.TOKEN | json }}}' },
      response: { expression: 'body' },
    },
    { inputs: [{ name: 'token', from: 'secrets.TOKEN' }] },
  );
  const events = await kit.allEvents(id);
  const completed = events.find(({ type }) => type === 'STEP_COMPLETED');
  expect(completed?.payload['output']).toMatchObject({ asked: '/?key=••••••••', headers: { authorization: 'Basic ••••••••' }, body: '{"token": "••••••••"}' });
  const all = (await stored()) + JSON.stringify(events);
  for (const part of ['0123456789', Buffer.from(`me:${secret}`).toString('base64').slice(4, 16)]) expect(all).not.toContain(part);
});

it('Nor is it in what a refusal or a broken connection says', async () => {
  answer = ({ body }, response) => void (received.length === 1 ? response.writeHead(500).end(`bad token ${body}`) : response.destroy());
  const id = await start({ body: { type: 'TEXT', template: '{{ secrets.TOKEN }}' } });
  const retry = await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
  expect(retry.payload).toMatchObject({ error: { message: 'The server answered 500: bad token ••••••••' } });
  await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 1_000));
  await kit.allEvents(id);
  expect(await stored()).not.toContain('0123456789');
});

it('A host that is made of a secret is not named when it can not be called', async () => {
  await kit.secrets.create(kit.identity, { name: 'HOST', value: '169.254.169.254' });
  expect(await failureOf(await start({ url: 'http://{{ secrets.HOST }}/' }))).toMatchObject({ code: 'FORBIDDEN_ADDRESS', message: expect.stringContaining('••••••••') });
  expect(await stored()).not.toContain('169.254');
});

it('A new value is sent from the next attempt on', async () => {
  answer = (_, response) => void (received.length === 1 ? response.writeHead(429, { 'retry-after': '60' }) : response.writeHead(200)).end('x');
  const id = await start({ headers: [{ name: 'X-Token', value: '{{ secrets.TOKEN }}' }] });
  await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
  const [listed] = await kit.secrets.list(kit.identity.workspaceId);
  await kit.secrets.set(kit.identity, { id: listed?.id ?? '', value: 'the new one' });
  await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 60_000));
  await kit.allEvents(id);
  expect(received.map(({ headers }) => headers['x-token'])).toEqual([secret, 'the new one']);
});

it('A step whose secret was deleted fails, says which, and calls nobody', async () => {
  const [listed] = await kit.secrets.list(kit.identity.workspaceId);
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('call', 'WEBHOOK', { method: 'POST', url, headers: [{ name: 'X-Token', value: '{{ secrets.TOKEN }}' }] })] });
  await kit.secrets.delete(kit.identity, listed?.id ?? '');
  kit.startRunner();
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  expect(await failureOf(id)).toEqual({ code: 'SECRET_MISSING', message: 'There is no secret named TOKEN. Add it under Settings, Secrets.' });
  expect(received).toEqual([]);
});

it('A value that was moved to another name in the database is not sent', async () => {
  await kit.secrets.create(kit.identity, { name: 'PUBLIC', value: 'harmless' });
  const [publicOne, token] = await kit.secrets.list(kit.identity.workspaceId);
  await kit.database.prisma.secret.update({ where: { id: publicOne?.id ?? '' }, data: { encryptedValue: token?.encryptedValue ?? '' } });
  expect(await failureOf(await start({ body: { type: 'TEXT', template: '{{ secrets.PUBLIC }}' } }))).toMatchObject({ code: 'SECRET_LOCKED' });
  expect(received).toEqual([]);
});

it.each([
  ['a secret that is not there', { body: { type: 'TEXT', template: '{{ secrets.NOBODY }}' } }, {}, 'settings.body.template', 'There is no secret named NOBODY. Add it under Settings, Secrets, or take one of these: TOKEN.'],
  ['all of them', { body: { type: 'TEXT', template: '{{ secrets | json }}' } }, {}, 'settings.body.template', 'Say which secret is meant: write `secrets.NAME`.'],
  ['one by a name that an input gives', { body: { type: 'TEXT', template: '{{ secrets[name] }}' } }, { inputs: [{ name: 'name', value: 'TOKEN' }] }, 'settings.body.template', 'Say which secret is meant: write `secrets.NAME`.'],
  ['an input from one that is not there', {}, { inputs: [{ name: 'token', from: 'secrets.NOBODY' }] }, 'inputs.0.from', 'There is no secret named NOBODY. Add it under Settings, Secrets, or take one of these: TOKEN.'],
  ['an input by the name of the vault', {}, { inputs: [{ name: 'secrets', value: 1 }] }, 'inputs.0.name', 'By this name templates find the secrets of the workspace. Choose another one.'],
])('A step can not be saved with %s', async (_, settings, more, field, message) => {
  await expect(start(settings, more)).rejects.toMatchObject({ fields: [{ field: `input.definition.steps.0.${field}`, message }] });
});

it('Steps of other types are given no secrets', async () => {
  const save = (definition: WorkflowStepInput) => kit.createWorkflow({ inputs: [], steps: [definition] });
  await expect(save(transform('one', 'token', { token: 'secrets.TOKEN' }))).rejects.toMatchObject({ fields: [{ message: 'Steps of this type are given no secrets.' }] });
  await expect(save(step('one', 'TRANSFORM', { template: '{{ secrets.TOKEN }}' }))).rejects.toMatchObject({ fields: [{ message: expect.stringContaining('no input named "secrets"') }] });
});

it('A step within a MAP sends secrets, too', async () => {
  const inner = step('call', 'WEBHOOK', { method: 'POST', url, body: { type: 'TEXT', template: '{{ secrets.TOKEN }} {{ n }}' } }, { inputs: [{ name: 'n', from: 'item' }] });
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('each', 'MAP', { steps: [inner] }, { inputs: [{ name: 'items', value: [1, 2] }] })] });
  kit.startRunner();
  await kit.allEvents((await kit.executions.execute(kit.identity, { workflowId, inputs: {} })).id);
  expect(received.map(({ body }) => body).sort()).toEqual([`${secret} 1`, `${secret} 2`]);
  expect(await stored()).not.toContain('0123456789');
});

it('The editor is offered secrets where they are sent, and nowhere else', async () => {
  const steps = [step('one', 'TRANSFORM', { expression: '1' }), step('call', 'WEBHOOK', { method: 'GET', url })];
  const { scopes } = await kit.workflows.examine(kit.identity.workspaceId, { inputs: [], maxParallel: 1, steps }, undefined);
  expect(scopes.map(({ values }) => values.map(({ from }) => from))).toEqual([[], ['steps.one.output', 'secrets.TOKEN']]);
});
