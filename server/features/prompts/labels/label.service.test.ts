import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { moveLabel } from './label.store.js';

let kit: AuthoringKit;
let ada: Identity;
let promptId: string;
/** Ids of versions 1.0.0, 1.0.1 and 1.0.2. */
let v1: string;
let v2: string;
let v3: string;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
  ({ promptId, versions: [v1, v2, v3] } = await promptWithThreeVersions('Greeting'));
});

afterAll(() => kit.stop());

/** Straight into the database: labels care for a version's id and number alone. */
async function promptWithThreeVersions(name: string): Promise<{ promptId: string; versions: [string, string, string] }> {
  const { workspaceId, userId } = ada;
  const content = JSON.stringify({ kind: 'TEXT', messages: [{ id: 'm1', role: 'USER', content: 'Hello' }], variables: [], settings: { model: 'simulated/extract' }, tools: [] });
  const prompt = await kit.database.prisma.prompt.create({ data: { workspaceId, path: `p-${randomUUID()}`, name, kind: 'TEXT', updatedAt: new Date() } });
  const add = async (patch: number) => {
    const row = { workspaceId, promptId: prompt.id, major: 1, minor: 0, patch, message: 'x', authorId: userId, content, contentHash: `${patch}` };
    return (await kit.database.prisma.promptVersion.create({ data: row })).id;
  };
  const versions: [string, string, string] = [await add(0), await add(1), await add(2)];
  await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId: prompt.id, name: 'main', headVersionId: versions[2] } });
  return { promptId: prompt.id, versions };
}

const production = () => ({ promptId, name: 'production' });
const set = (versionId: string, more: { expectedVersionId?: string; name?: string } = {}, identity = ada) => kit.labels.set(identity, { ...production(), versionId, ...more });
const rollBack = async () => (await kit.labels.rollBack(ada, production())).versionId;

async function labels(): Promise<Record<string, string>> {
  const found = (await kit.labels.byPrompt(ada.workspaceId, [promptId])).get(promptId) ?? [];
  return Object.fromEntries(found.map(({ name, versionId }) => [name, versionId]));
}

/** Newest first, as [from, to]. */
async function history(name = 'production') {
  const label = { promptId, name, versionId: v1, movedById: ada.userId, movedAt: new Date() };
  const { edges } = await kit.labels.moves(ada.workspaceId, label, { first: 50 });
  return edges.map(({ node }) => [node.fromVersionId, node.toVersionId]);
}

async function refusal<Refusal extends Error>(work: Promise<unknown>, type: new (...args: never[]) => Refusal): Promise<Refusal> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof type)) throw new Error(`Not refused with ${type.name}: ${String(error)}`);
  return error;
}

describe('a label', () => {
  test('is made, moved and removed, and its history says from where to where and by whom', async () => {
    const made = await set(v1);
    expect(made).toMatchObject({ name: 'production', promptId, versionId: v1, movedById: ada.userId, movedAt: expect.any(Date) });
    await set(v2);
    expect(await labels()).toEqual({ production: v2 });
    expect(await kit.labels.remove(ada, production())).toMatchObject({ id: promptId });
    expect(await labels()).toEqual({});
    expect(await history()).toEqual([[v2, undefined], [v1, v2], [undefined, v1]]);
  });

  test('that is at the version already stays, and its history too, so that asking again does no harm', async () => {
    const first = await set(v1);
    expect(await set(v1)).toEqual(first);
    expect(await set(v1, { expectedVersionId: v2 })).toEqual(first);
    expect(await history()).toHaveLength(1);
  });

  test('that is elsewhere than expected is not moved, and the conflict says where it is', async () => {
    await set(v2);
    const error = await refusal(set(v3, { expectedVersionId: v1 }), ConflictError);
    expect(error.message).toBe('production is at version 1.0.1 by now. Look at what changed, then move it again.');
    expect(error.conflict).toEqual({ versionId: v2, version: '1.0.1' });
    expect(await labels()).toEqual({ production: v2 });
    await set(v3, { expectedVersionId: v2 });
    expect(await labels()).toEqual({ production: v3 });
  });

  test('that was removed meanwhile is at no version, which a conflict says, too', async () => {
    expect((await refusal(set(v3, { expectedVersionId: v1 }), ConflictError)).conflict).toEqual({ versionId: null, version: null });
  });

  test.each(['', 'Production', '-x', 'a b', 'ü', 'x'.repeat(51), '1.2.0', 'v2', '2024', 'a\0', "'; DROP TABLE prompt_label; --"])('can not be named %j', async (name) => {
    const { fields } = await refusal(set(v1, { name }), InvalidInputError);
    expect(fields).toEqual([{ field: 'input.name', message: expect.stringMatching(/Use|version number/) }]);
  });

  test.each(['eu/', 'a..b', 'a//b'])('is not made as %j; one that is called so already stays usable', async (name) => {
    const { fields } = await refusal(set(v1, { name }), InvalidInputError);
    expect(fields).toEqual([{ field: 'input.name', message: expect.stringMatching(/leave out/) }]);
    const place = { workspaceId: ada.workspaceId, promptId, name };
    await kit.database.prisma.$transaction((tx) => moveLabel(tx, { ...place, toVersionId: v1, byId: ada.userId }));
    await set(v2, { name });
    expect((await kit.labels.rollBack(ada, { promptId, name })).versionId).toBe(v1);
    await kit.labels.remove(ada, { promptId, name });
    await refusal(set(v1, { name }), InvalidInputError);
  });

  test.each(['production', 'a', '2024-spring', 'team/eu.west_1', 'x'.repeat(50)])('can be named %j', async (name) => {
    await set(v1, { name });
    expect(await labels()).toEqual({ [name]: v1 });
  });

  test("stands on no other prompt's version and on no other workspace's", async () => {
    const other = await promptWithThreeVersions('Other');
    await refusal(set(other.versions[0]), NotFoundError);
    const eve = await createIdentity(kit.database);
    await refusal(set(v1, {}, eve), NotFoundError);
    for (const input of [production(), { promptId: 'none', name: 'production' }]) {
      await refusal(kit.labels.remove(eve, input), NotFoundError);
      await refusal(kit.labels.rollBack(eve, input), NotFoundError);
    }
    expect((await kit.labels.byPrompt(eve.workspaceId, [promptId])).size).toBe(0);
  });

  test('that is not there can not be removed', async () => {
    expect((await refusal(kit.labels.remove(ada, production()), NotFoundError)).message).toContain('label');
  });

  test('leaves the time at which its prompt changed', async () => {
    const before = await kit.prompts.get(ada.workspaceId, promptId);
    await set(v1);
    expect(await kit.prompts.get(ada.workspaceId, promptId)).toEqual(before);
  });
});

describe('rolling back', () => {
  test('takes a label one step back each time, and never back to the version that it was rolled back from', async () => {
    for (const version of [v1, v2, v3]) await set(version);
    expect(await rollBack()).toBe(v2);
    expect(await rollBack()).toBe(v1);
    await refusal(rollBack(), InvalidInputError);
    expect(await history()).toEqual([[v2, v1], [v3, v2], [v2, v3], [v1, v2], [undefined, v1]]);
  });

  test('is undone by a move, from which it goes back again', async () => {
    for (const version of [v1, v2, v3]) await set(version);
    expect(await rollBack()).toBe(v2);
    await set(v3);
    expect(await rollBack()).toBe(v2);
    expect(await rollBack()).toBe(v1);
    await set(v3);
    expect(await rollBack()).toBe(v1);
  });

  test('makes a removed label again where it stood, and then goes on to where it was before', async () => {
    for (const version of [v1, v2]) await set(version);
    await kit.labels.remove(ada, production());
    expect(await rollBack()).toBe(v2);
    expect(await rollBack()).toBe(v1);
    await refusal(rollBack(), InvalidInputError);
  });

  test('a label that has been at one version only is refused with what to do', async () => {
    await set(v1);
    const { fields } = await refusal(kit.labels.rollBack(ada, production()), InvalidInputError);
    expect(fields[0]?.message).toBe('production was at no other version before 1.0.0, so there is nothing to roll it back to. Move it instead.');
    await refusal(kit.labels.rollBack(ada, { promptId, name: 'never-made' }), NotFoundError);
  });

  test('is told apart by prompt and by label', async () => {
    for (const version of [v1, v2]) await set(version, { name: 'staging' });
    await set(v3);
    await refusal(kit.labels.rollBack(ada, production()), InvalidInputError);
    expect((await kit.labels.rollBack(ada, { promptId, name: 'staging' })).versionId).toBe(v1);
  });
});

describe('a protected name', () => {
  const editor = () => ({ ...ada, role: 'EDITOR' as const });

  beforeEach(async () => {
    await set(v1);
    await set(v2);
    expect(await kit.labels.protect(ada, 'production')).toEqual(['production']);
  });

  test('is moved, removed and rolled back by an OWNER only, who may is said', async () => {
    const byEditor = [
      set(v3, {}, editor()),
      kit.labels.remove(editor(), production()),
      kit.labels.rollBack(editor(), production()),
      kit.labels.checkMayMove(editor(), 'production'),
    ];
    for (const work of byEditor) {
      expect((await refusal(work, ForbiddenError)).message).toBe(
        'The label production is protected: only an OWNER of this workspace may make, move, roll back or remove it, and your role is EDITOR. Ask an OWNER.',
      );
    }
    expect(await labels()).toEqual({ production: v2 });
    await set(v3);
    await kit.labels.rollBack(ada, production());
    await kit.labels.remove(ada, production());
    await refusal(set(v1, {}, editor()), ForbiddenError);
  });

  test('holds for API keys whoever made them', async () => {
    const key: Identity = { userId: ada.userId, workspaceId: ada.workspaceId, role: 'EDITOR', via: 'apiKey', apiKeyId: randomUUID() };
    expect((await refusal(set(v3, {}, key), ForbiddenError)).message).toContain('an API key may not, whoever made it');
  });

  test('leaves other names and other workspaces alone, until it is protected no longer', async () => {
    await set(v1, { name: 'staging' }, editor());
    const bea = await createIdentity(kit.database, 'Bea');
    await kit.labels.checkMayMove({ ...bea, role: 'EDITOR' }, 'production');
    expect(await kit.labels.protect(ada, 'audited')).toEqual(['audited', 'production']);
    expect(await kit.labels.unprotect(ada, 'production')).toEqual(['audited']);
    expect(await kit.labels.unprotect(ada, 'production')).toEqual(['audited']);
    await set(v3, {}, editor());
    expect(await kit.labels.protectedNames(bea.workspaceId)).toEqual([]);
  });

  test('is a label name', async () => {
    await refusal(kit.labels.protect(ada, '1.0.0'), InvalidInputError);
  });

  test('can be protected by several at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => kit.labels.protect(ada, 'everywhere')));
    expect(await kit.labels.protectedNames(ada.workspaceId)).toEqual(['everywhere', 'production']);
  });
});

describe('at the same time', () => {
  test('many make one label: each move in the history begins where the one before it ended', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, index) => set([v1, v2, v3][index % 3] ?? v1)));
    const moves = await history();
    expect(moves.at(-1)?.[0]).toBeUndefined();
    for (const [index, [from]] of moves.slice(0, -1).entries()) expect(from).toBe(moves[index + 1]?.[1]);
    expect(await labels()).toEqual({ production: moves[0]?.[1] });
  });

  test('of those who expect the same place, one moves it', async () => {
    await set(v1);
    const outcomes = await Promise.allSettled([v2, v3].map((version) => set(version, { expectedVersionId: v1 })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await history()).toHaveLength(2);
  });

  test('a move within another transaction is undone with it, and holds others up until it ends', async () => {
    const place = { workspaceId: ada.workspaceId, promptId, name: 'production', byId: ada.userId };
    const undone = kit.database.prisma.$transaction(async (tx) => {
      expect(await moveLabel(tx, { ...place, toVersionId: v1 })).toMatchObject({ label: 'production', fromVersionId: undefined, toVersionId: v1 });
      throw new Error('No');
    });
    await expect(undone).rejects.toThrow('No');
    expect(await labels()).toEqual({});
    await Promise.all([kit.database.prisma.$transaction((tx) => moveLabel(tx, { ...place, toVersionId: v2 })), set(v3)]);
    expect((await history()).map(([, to]) => to).sort()).toEqual([v2, v3].sort());
  });
});

test('the labels of fifty prompts and of their versions take one query each', async () => {
  const many = await Promise.all(Array.from({ length: 50 }, (_, index) => promptWithThreeVersions(`P${index}`)));
  for (const each of many) {
    await kit.labels.set(ada, { promptId: each.promptId, name: 'staging', versionId: each.versions[0] });
    await kit.labels.set(ada, { promptId: each.promptId, name: 'production', versionId: each.versions[0] });
  }
  const before = kit.queryCount();
  const byPrompt = await kit.labels.byPrompt(ada.workspaceId, many.map((each) => each.promptId));
  const byVersion = await kit.labels.byVersion(ada.workspaceId, many.map((each) => each.versions[0]));
  expect(kit.queryCount() - before).toBe(2);
  for (const found of [byPrompt, byVersion]) {
    expect(found.size).toBe(50);
    for (const names of found.values()) expect(names.map(({ name }) => name)).toEqual(['production', 'staging']);
  }
});
