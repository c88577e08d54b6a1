import { afterEach, beforeEach, describe, expect, it, test } from '@jest/globals';
import { type Database } from '../../../database/database.js';
import { openDatabase } from '../../../database/open-database.js';
import { createEmptyDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { BudgetStore } from './budget.store.js';
import { BudgetsService } from './budgets.service.js';
import { SpendStore } from './spend.store.js';
import { type Reservation, type Spender, Spending } from './spending.service.js';

const model = 'openai/gpt';
/** A dollar for a token out. */
const price = { input: 0, output: 1_000_000 };

let files: TestDatabase;
let databases: Database[];
let workspaceId: string;
let now: Date;

beforeEach(async () => {
  files = await createEmptyDatabase();
  databases = [await openDatabase(files.config)];
  now = new Date('2026-11-28T23:00:00Z');
  workspaceId = (await createIdentity(processOf(0).database)).workspaceId;
});
afterEach(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await files.drop();
});

function processOf(index: number) {
  const database = databases[index];
  if (!database) throw new Error('There is no such process.');
  const spends = new SpendStore(database);
  const budgets = new BudgetsService(new BudgetStore(database), spends, () => now);
  return { database, spends, budgets, spending: new Spending(spends, budgets, () => now) };
}

function reserve(spending: Spending, dollars: number, spender: Partial<Spender> = {}): Promise<Reservation> {
  return spending.reserve({ workspaceId, ...spender }, model, price, { messages: [], maxOutputTokens: dollars });
}

const refused = (message: RegExp) => expect.objectContaining({ code: 'BUDGET_EXCEEDED', retryable: false, message: expect.stringMatching(message) });

test('A hundred calls at the same time set aside no more than there is, in one process or in several', async () => {
  if (databases[0]?.engine === 'postgres') databases.push(await openDatabase(files.config));
  const { budgets } = processOf(0);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 50 });
  const processes = databases.map((_, index) => processOf(index));
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, async (_, index) => {
      const { spending } = processes[index % processes.length] ?? processOf(0);
      const dollars = 1 + ((index * 7) % 4);
      const reservation = await reserve(spending, dollars).catch(() => undefined);
      // Some settle while others are still being set aside; each costs less than was expected.
      const settled = reservation && index % 3 === 0;
      if (settled) await reservation.settle(dollars / 2);
      const [state] = await budgets.list(workspaceId);
      expect((state?.spentUsd ?? 0) + (state?.reservedUsd ?? 0)).toBeLessThanOrEqual(50);
      if (!reservation) return 0;
      return settled ? dollars / 2 : dollars;
    }),
  );
  expect(outcomes).toContain(0);
  expect((await budgets.list(workspaceId))[0]?.leftUsd).toBeCloseTo(50 - outcomes.reduce((sum, dollars) => sum + dollars, 0), 9);
});

describe('What was set aside', () => {
  it('gives way to what the call did cost', async () => {
    const { spending, budgets } = processOf(0);
    await budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 10 });
    const reservation = await reserve(spending, 9);
    expect(await budgets.list(workspaceId)).toMatchObject([{ spentUsd: 0, reservedUsd: 9, leftUsd: 1, resetsAt: new Date('2026-11-29T00:00:00Z') }]);
    await reservation.settle(2);
    expect(await budgets.list(workspaceId)).toMatchObject([{ spentUsd: 2, reservedUsd: 0, leftUsd: 8 }]);
  });

  it('counts as spent for as long as nobody settles it', async () => {
    const { spending, budgets } = processOf(0);
    await budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 10 });
    await reserve(spending, 9);
    await expect(reserve(processOf(0).spending, 2)).rejects.toEqual(refused(/\$1\.00 is left of the \$10\.00 that this workspace may spend on 28 November 2026/));
  });

  it('belongs to the day on which it was set aside', async () => {
    const { spending, budgets } = processOf(0);
    await budgets.set(workspaceId, '', { period: 'DAY', limitUsd: 10 });
    await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 100 });
    const reservation = await reserve(spending, 9);
    now = new Date('2026-11-29T01:00:00Z');
    await reserve(spending, 9);
    await reservation.settle(1);
    expect(await budgets.list(workspaceId)).toMatchObject([{ period: 'DAY', reservedUsd: 9, spentUsd: 0 }, { period: 'MONTH', reservedUsd: 9, spentUsd: 1, resetsAt: new Date('2026-12-01T00:00:00Z') }]);
  });
});

test('What was spent before there was a budget counts in it', async () => {
  const { spending, budgets } = processOf(0);
  await (await reserve(spending, 3)).settle(3);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 4 });
  await expect(reserve(spending, 2)).rejects.toEqual(refused(/up to \$2\.00 .*up to 2 out.* \$1\.00 is left of the \$4\.00 that this workspace may spend in November 2026 .*wait for 1 December 2026/));
});

test('The tightest of the budgets that apply decides, and of those that do not, none', async () => {
  const { spending, budgets } = processOf(0);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 100 });
  await budgets.set(workspaceId, 'a', { period: 'DAY', limitUsd: 5 });
  await expect(reserve(spending, 6, { workflowIds: ['b', 'a'] })).rejects.toEqual(refused(/this workflow may spend on 28 November/));
  await reserve(spending, 6, { workflowIds: ['b'] });
  await expect(reserve(spending, 6, { run: { id: 'r', limitUsd: 5 } })).rejects.toEqual(refused(/\$5\.00 that a run of this workflow may cost/));
  expect(await budgets.list(workspaceId)).toMatchObject([{ workflowId: '', reservedUsd: 6 }, { workflowId: 'a', reservedUsd: 0 }]);
});

test('A call that nobody can price is made where no budget applies, and is not where one does', async () => {
  const { spending, budgets } = processOf(0);
  const call = { messages: [] };
  await (await spending.reserve({ workspaceId }, model, undefined, call)).settle(undefined);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 100 });
  await expect(spending.reserve({ workspaceId }, model, undefined, call)).rejects.toMatchObject({ code: 'PRICE_UNKNOWN', retryable: false });
});

test('A call that costs nothing, and one that nobody budgets and nobody can price, write nothing', async () => {
  const { spending, budgets, database } = processOf(0);
  await (await spending.reserve({ workspaceId }, model, undefined, { messages: [] })).settle(undefined);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 100 });
  await (await spending.reserve({ workspaceId }, model, { input: 0, output: 0 }, { messages: [] })).settle(0);
  expect(await database.prisma.spendTotal.count()).toBe(0);
});

test('Without a longest answer of its own, a call is expected to write 4,096 tokens', async () => {
  const { spending, budgets } = processOf(0);
  await budgets.set(workspaceId, '', { period: 'MONTH', limitUsd: 1 });
  const call = { messages: [{ role: 'USER' as const, content: 'word '.repeat(100) }] };
  await expect(spending.reserve({ workspaceId }, model, { input: 1, output: 1_000 }, call)).rejects.toEqual(refused(/may cost up to \$4\.10 \(about 104 tokens in, up to 4,096 out\)/));
});
