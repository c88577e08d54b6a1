import { type ServerResponse } from 'node:http';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { type Sandbox } from '../../sandbox/sandbox.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step } from '../../testing/execution-kit.js';
import { type RecordedRequest, type RecordingServer, startRecordingServer } from '../../testing/recording-server.js';

let sandbox: Sandbox;
let kit: ExecutionKit;
let url: string;
let answer: (request: RecordedRequest, response: ServerResponse) => void;
let received: RecordedRequest[];
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
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());

const text = { name: 'text', type: 'STRING' as const, required: true, description: '' };
const inputs = [{ name: 'text', from: 'inputs.text' }];

async function run(settings: unknown): Promise<string> {
  const workflowId = await kit.createWorkflow({ inputs: [text], steps: [step('call', 'WEBHOOK', settings, { inputs, retry: { maxAttempts: 2, initialDelayMs: 0, maxDelayMs: 0 } })] });
  kit.startRunner();
  return (await kit.executions.execute(kit.identity, { workflowId, inputs: { text: 'a "b"' } })).id;
}

it('A webhook sends what its templates make of the inputs, and its answer is mapped', async () => {
  answer = (_, response) => void response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":7}');
  const id = await run({
    method: 'POST',
    url: `${url}/items?q={{ text | url_encode }}`,
    headers: [{ name: 'X-Text', value: '<{{ text }}>' }],
    body: { type: 'JSON', template: '{"text": {{ text | json }}}' },
    response: { expression: '{ "made": body.id, "status": status }' },
  });
  const events = await kit.allEvents(id);
  expect(received).toMatchObject([{ method: 'POST', url: '/items?q=a+%22b%22', headers: { 'x-text': '<a "b">', 'content-type': 'application/json' }, body: '{"text": "a \\"b\\""}' }]);
  expect(events.find(({ type }) => type === 'STEP_COMPLETED')?.payload).toMatchObject({ output: { made: 7, status: 201 } });
  expect(events.find(({ type }) => type === 'STEP_LOG')?.payload).toMatchObject({ level: 'info', fields: { status: 201 } });
  expect(kit.faults).toEqual([]);
});

it('A refusal that may pass is tried again with the same Idempotency-Key when the server asked for it', async () => {
  answer = (_, response) => void (received.length === 1 ? response.writeHead(429, { 'retry-after': '60' }) : response.writeHead(200)).end('done');
  const id = await run({ method: 'POST', url });
  const retry = await kit.event(id, ({ type }) => type === 'STEP_RETRY_SCHEDULED');
  expect(retry.payload).toMatchObject({ retryAt: new Date(kit.jobs.now.getTime() + 60_000).toISOString(), error: { code: 'HTTP_429' } });
  await kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + 60_000));
  await kit.allEvents(id);
  expect(received).toHaveLength(2);
  expect(received[0]?.headers['idempotency-key']).toMatch(/^[0-9a-f]{64}$/);
  expect(received[1]?.headers['idempotency-key']).toBe(received[0]?.headers['idempotency-key']);
});

it.each([
  ['http://169.254.169.254/latest', 'FORBIDDEN_ADDRESS'],
  ['http://0x7f.2/', 'FORBIDDEN_ADDRESS'],
  ['{{ text }}', 'BAD_URL'],
])('%s is not called', async (target, code) => {
  const events = await kit.allEvents(await run({ method: 'GET', url: target }));
  expect(events.find(({ type }) => type === 'STEP_FAILED')?.payload).toMatchObject({ error: { code } });
});

it('Settings that can not be sent are refused when they are saved', async () => {
  const saved = run({ method: 'GET', url: '{{ nobody }}', headers: [{ name: 'Accept', value: '{{' }], body: { type: 'TEXT', template: 'x' } });
  await expect(saved).rejects.toMatchObject({ fields: ['url', 'headers.0.value', 'body'].map((field) => ({ field: `input.definition.steps.0.settings.${field}` })) });
  await expect(run({ method: 'GET', url, headers: [{ name: 'Host', value: 'x' }] })).rejects.toThrow('This header is set for you');
});
