import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createTestDatabase } from '../../../testing/test-database.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type RunStats, type RunStatus } from './prompt-run.js';
import { RunStatsStore } from './run-stats.store.js';

let created: Awaited<ReturnType<typeof createTestDatabase>>;
let identity: Identity;
let promptId: string;
let stats: RunStatsStore;

beforeAll(async () => {
  created = await createTestDatabase();
  identity = await createIdentity(created.database);
  const { workspaceId } = identity;
  promptId = (await created.database.prisma.prompt.create({ data: { workspaceId, path: 'greet', name: 'Greet', kind: 'TEXT', updatedAt: new Date() } })).id;
  stats = new RunStatsStore(created.database);
});
afterAll(() => created.drop());

interface Run {
  status: RunStatus;
  durationMs: number;
  tokens: number;
  cost: number | null;
}

let counter = 0;

/** @returns the id that the runs have as their version */
async function keep(runs: readonly Run[]): Promise<string> {
  const { workspaceId, userId } = identity;
  const versionId = `version-${++counter}`;
  const same = { workspaceId, promptId, versionId, contentHash: 'x', runById: userId, model: 'a/b', simulated: false, values: '{}', messages: '[]' };
  await created.database.prisma.promptRun.createMany({ data: runs.map(({ tokens, ...run }) => ({ ...same, ...run, inputTokens: tokens, outputTokens: 1 })) });
  return versionId;
}

const completed = (durationMs: number, tokens = 9, cost: number | null = null): Run => ({ status: 'COMPLETED', durationMs, tokens, cost });

it('Medians are those of the runs that completed; the others that ended are counted', async () => {
  const id = await keep([
    completed(30, 1, 0.5),
    completed(10, 2),
    completed(20, 9, 0.1),
    { status: 'FAILED', durationMs: 1, tokens: 0, cost: 0 },
    { status: 'CANCELLED', durationMs: 1, tokens: 0, cost: 0 },
    { status: 'RUNNING', durationMs: 1, tokens: 0, cost: 0 },
  ]);
  expect((await stats.of(identity.workspaceId, [id])).get(id)).toEqual({ runs: 5, medianDurationMs: 20, medianTokens: 3, medianCost: 0.3 });
});

it('A version that has only failed has no medians, one that never ran is absent', async () => {
  const failed = await keep([{ status: 'FAILED', durationMs: 1, tokens: 0, cost: 0 }]);
  expect([...(await stats.of(identity.workspaceId, [failed, 'never']))]).toEqual([[failed, { runs: 1, medianDurationMs: undefined, medianTokens: undefined, medianCost: undefined }]]);
  expect(await stats.of(identity.workspaceId, [])).toEqual(new Map());
});

it('Another workspace learns nothing', async () => {
  const id = await keep([completed(1)]);
  const stranger = await createIdentity(created.database, 'Eve');
  expect(await stats.of(stranger.workspaceId, [id])).toEqual(new Map());
});

it('A page of versions is one statement', async () => {
  const ids = await Promise.all([1, 2, 3].map((duration) => keep([completed(duration)])));
  let statements = 0;
  const counted = new RunStatsStore({
    ...created.database,
    read: (sql, params) => {
      statements++;
      return created.database.read(sql, params);
    },
  });
  expect((await counted.of(identity.workspaceId, ids)).size).toBe(3);
  expect(statements).toBe(1);
});

it('Medians are what sorting and taking the middle gives', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ durationMs: fc.nat(1_000), tokens: fc.nat(100) }), { minLength: 1, maxLength: 12 }), async (runs) => {
      const id = await keep(runs.map(({ durationMs, tokens }) => completed(durationMs, tokens)));
      const expected: RunStats = {
        runs: runs.length,
        medianDurationMs: median(runs.map(({ durationMs }) => durationMs)),
        medianTokens: median(runs.map(({ tokens }) => tokens + 1)),
        medianCost: undefined,
      };
      expect((await stats.of(identity.workspaceId, [id])).get(id)).toEqual(expected);
    }),
    { numRuns: 30 },
  );
});

function median(numbers: number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = [sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN, sorted[Math.ceil((sorted.length - 1) / 2)] ?? NaN];
  return ((middle[0] ?? NaN) + (middle[1] ?? NaN)) / 2;
}
