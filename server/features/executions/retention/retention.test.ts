import { afterAll, afterEach, beforeEach, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { RetentionService } from './retention.service.js';
import { RetentionStore } from './retention.store.js';

let kit: ExecutionKit;
let retention: RetentionService;
let workflowId: string;
const sandbox = startSandbox({ workers: 1 });
const dayMs = 24 * 60 * 60_000;

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  retention = new RetentionService(new RetentionStore(kit.database), kit.budgets);
  workflowId = await kit.createWorkflow({ inputs: [], steps: [transform('one', '1')] });
});

afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const start = async (id = workflowId, inputs: object = {}) => (await kit.executions.execute(kit.identity, { workflowId: id, inputs, labels: ['kept'] })).id;

async function ended(id = workflowId, inputs: object = {}): Promise<string> {
  const execution = await start(id, inputs);
  const runner = kit.startRunner();
  runner.ring(execution);
  await kit.allEvents(execution);
  await runner.stop();
  return execution;
}

const kept = async () => (await kit.database.prisma.execution.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
const inDays = (days: number) => new Date(Date.now() + days * dayMs);

test('runs are kept for 90 days and 10,000 of a workflow, until the workspace says otherwise', async () => {
  expect(await retention.settings(kit.identity)).toEqual({ days: 90, runs: 10_000 });
  expect(await retention.update(kit.identity, { days: 7 })).toEqual({ days: 7, runs: 10_000 });
  expect(await retention.update(kit.identity, { runs: 5, days: null })).toEqual({ days: 7, runs: 5 });
  expect(await retention.settings(await createIdentity(kit.database))).toEqual({ days: 90, runs: 10_000 });
});

test.each([[{ days: 0 }, 'input.days'], [{ days: 3_651 }, 'input.days'], [{ runs: 0 }, 'input.runs'], [{ runs: 1_000_001 }, 'input.runs']])('%j is refused by name', (input, field) => {
  expect(() => retention.update(kit.identity, input)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT', fields: [expect.objectContaining({ field })] }));
});

test('what ended too long ago is deleted with all that belongs to it, and what has not ended is not', async () => {
  const old = await ended();
  const open = await start();
  const budgetOf = { workspaceId: kit.identity.workspaceId, subject: old, period: '' };
  await kit.database.prisma.spendTotal.create({ data: budgetOf });
  await retention.prune(inDays(89));
  expect(await kept()).toEqual([old, open]);
  expect(await retention.prune(inDays(91))).toBe(1);
  expect(await kept()).toEqual([open]);
  const of = { where: { executionId: old } };
  const { prisma } = kit.database;
  expect([await prisma.stepExecution.count(of), await prisma.executionEvent.count(of), await prisma.executionLabel.count(of), await prisma.spendTotal.count({ where: budgetOf })]).toEqual([0, 0, 0, 0]);
});

test('of each workflow the newest runs are kept', async () => {
  const other = await ended(await kit.createWorkflow({ inputs: [], steps: [transform('two', '2')] }));
  const ids = [await ended(), await ended(), await ended(), await start()];
  await retention.update(kit.identity, { runs: 2 });
  await retention.prune(new Date());
  expect(await kept()).toEqual([other, ...ids.slice(1)]);
});

test('more than fit in one transaction go, too, and nothing of another workspace', async () => {
  const one = await kit.database.prisma.execution.findUniqueOrThrow({ where: { id: await ended() } });
  await kit.database.prisma.execution.createMany({
    data: Array.from({ length: 250 }, (_, index) => ({ ...one, id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`, finishedAt: new Date(0) })),
  });
  const stranger = await createIdentity(kit.database);
  await retention.update(stranger, { days: 1, runs: 1 });
  expect(await retention.prune(new Date())).toBe(250);
  expect(await kept()).toEqual([one.id]);
});

test('what runs within a run goes with it, and keeps it while it has not ended', async () => {
  const items = { name: 'items', type: 'JSON', required: true, description: '' } as const;
  const map = await kit.createWorkflow({
    inputs: [items],
    steps: [step('each', 'MAP', { steps: [transform('one', 'item', { item: 'item' })] }, { inputs: [{ name: 'items', from: 'inputs.items' }] })],
  });
  await ended(map, { items: [1, 2, 3] });
  expect(await kept()).toHaveLength(4);
  await kit.database.prisma.execution.updateMany({ where: { itemIndex: 1 }, data: { status: 'RUNNING', finishedAt: null } });
  expect(await retention.prune(inDays(91))).toBe(0);
  await kit.database.prisma.execution.updateMany({ where: { itemIndex: 1 }, data: { status: 'CANCELLED', finishedAt: new Date() } });
  expect(await retention.prune(inDays(91))).toBe(4);
});
