import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Database } from '../../../database/database.js';
import { openDatabase } from '../../../database/open-database.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { createEmptyDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { DeliveryRetention } from './delivery-retention.service.js';
import { DeliveryRetentionStore } from './delivery-retention.store.js';

const now = new Date('2026-11-29T12:00:00Z');
const daysAgo = (days: number) => new Date(now.getTime() - days * 24 * 60 * 60_000);

let files: TestDatabase;
let database: Database;
let retention: DeliveryRetention;

beforeEach(async () => {
  files = await createEmptyDatabase();
  database = await openDatabase(files.config);
  retention = new DeliveryRetention(new DeliveryRetentionStore(database));
});
afterEach(async () => {
  await database.close();
  await files.drop();
});

async function makeTrigger(deletedAt: Date | null = null): Promise<{ workspaceId: string; triggerId: string }> {
  const { id: workspaceId } = await database.prisma.workspace.create({ data: { name: 'Work' } });
  const { id: workflowId } = await database.prisma.workflow.create({ data: { workspaceId, name: 'Flow', latestNumber: 1 } });
  const { id: triggerId } = await database.prisma.trigger.create({ data: { workspaceId, workflowId, name: 'T', type: 'MANUAL', settings: '{}', mapping: '[]', createdById: workspaceId, deletedAt } });
  return { workspaceId, triggerId };
}

async function arrive(owner: { workspaceId: string; triggerId: string }, receivedAt: Date, state: string | null = 'LAUNCHED'): Promise<string> {
  const id = new OrderedIds().next(receivedAt);
  await database.prisma.delivery.create({ data: { ...owner, id, receivedAt, source: 'By hand', verdict: 'ACCEPTED', state } });
  return id;
}

const left = async () => (await database.prisma.delivery.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

test('what arrived longer ago than the workspace keeps is deleted, except what waits to be launched', async () => {
  const owner = await makeTrigger();
  await arrive(owner, daysAgo(40));
  const waiting = await arrive(owner, daysAgo(39), 'RETRYING');
  const recent = await arrive(owner, daysAgo(29));
  expect(await retention.prune(now)).toBe(1);
  expect(await left()).toEqual([waiting, recent]);
});

test('a trigger that was deleted goes with its last delivery', async () => {
  const owner = await makeTrigger(daysAgo(35));
  const other = await makeTrigger();
  await arrive(owner, daysAgo(35));
  await retention.prune(now);
  expect((await database.prisma.trigger.findMany()).map(({ id }) => id)).toEqual([other.triggerId]);
});
