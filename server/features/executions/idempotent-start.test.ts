import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ConflictError, InvalidInputError } from '../../errors.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, transform } from '../../testing/execution-kit.js';
import { createIdentity } from '../../testing/test-identity.js';

let kit: ExecutionKit;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });
const who = { name: 'who', type: 'STRING', required: true, description: '' } as const;
const times = { name: 'times', type: 'NUMBER', required: false, description: '', defaultValue: 1 } as const;
const steps = [transform('greet', '"Hello"')];

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  workflowId = await kit.createWorkflow({ inputs: [who, times], steps });
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
});

const start = (idempotencyKey: string, more: object = {}) => kit.executions.execute(kit.identity, { workflowId, inputs: { who: 'Ada' }, idempotencyKey, ...more });
const started = () => kit.database.prisma.execution.count();

test('twenty calls at the same time with one key start one run, and each gets it', async () => {
  const before = await started();
  const runs = await Promise.all(Array.from({ length: 20 }, () => start('order 1')));
  expect(new Set(runs.map(({ id }) => id)).size).toBe(1);
  expect(runs[0]).toMatchObject({ idempotencyKey: 'order 1', inputs: { who: 'Ada', times: 1 } });
  expect(await started()).toBe(before + 1);
});

test('calls without a key start a run each', async () => {
  const before = await started();
  await Promise.all([1, 2, 3].map(() => kit.executions.execute(kit.identity, { workflowId, inputs: { who: 'Ada' } })));
  expect(await started()).toBe(before + 3);
});

test('what is asked for again may spell out a default, and the workflow may have changed since', async () => {
  const first = await start('order 2');
  await kit.workflows.update(kit.identity, { id: workflowId, definition: { maxParallel: 1, inputs: [who], steps } });
  expect((await start('order 2')).id).toBe(first.id);
  expect((await start('order 2', { inputs: { times: 1, who: 'Ada' } })).id).toBe(first.id);
});

test.each([
  ['other inputs', () => ({ inputs: { who: 'Eve' } })],
  ['inputs that it can not have', () => ({ inputs: { whom: 'Ada' } })],
  ['a branch', () => ({ branch: 'draft' })],
  ['another workflow', async () => ({ workflowId: await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] }), inputs: {} })],
])('the same key with %s is a conflict that names the run which has it', async (_what, more) => {
  const { id } = await start('order 3');
  const refused = start('order 3', await more());
  await expect(refused).rejects.toThrow(ConflictError);
  await expect(refused).rejects.toMatchObject({ message: expect.stringContaining('Use a new key'), conflict: { executionId: id } });
});

test('a key means something in its workspace only', async () => {
  const stranger = await createIdentity(kit.database);
  await start('order 4');
  await expect(kit.executions.execute(stranger, { workflowId, inputs: { who: 'Ada' }, idempotencyKey: 'order 4' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['an empty key', { idempotencyKey: '' }, 'input.idempotencyKey'],
  ['a key that is too long', { idempotencyKey: 'x'.repeat(201) }, 'input.idempotencyKey'],
  ['a key with a NUL', { idempotencyKey: 'a\0' }, 'input.idempotencyKey'],
  ['too many labels', { labels: Array.from({ length: 21 }, (_, index) => `label ${index}`) }, 'input.labels'],
  ['a label that is too long', { labels: ['fine', 'x'.repeat(51)] }, 'input.labels.1'],
  ['an empty label', { labels: [' '] }, 'input.labels.0'],
])('%s is refused by name', async (_what, more, field) => {
  const refused = kit.executions.execute(kit.identity, { workflowId, inputs: { who: 'Ada' }, ...more });
  await expect(refused).rejects.toThrow(InvalidInputError);
  await expect(refused).rejects.toMatchObject({ fields: [{ field }] });
});

test('labels are kept once each, as they were typed but for the space around them', async () => {
  const { labels } = await kit.executions.execute(kit.identity, { workflowId, inputs: { who: 'Ada' }, labels: [' Nightly', 'Nightly', 'Zürich'] });
  expect(labels).toEqual(['Nightly', 'Zürich']);
});
