import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CreatePromptInput } from '../../../../schema/prompts.js';
import { ConflictError, ForbiddenError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { promptStep } from '../../../testing/execution-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptRecord } from '../prompt.service.js';

let kit: AuthoringKit;
let library: AuthoringKit['library'];
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ({ library } = kit);
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const create = (name: string, changes: Partial<CreatePromptInput> = {}): Promise<PromptRecord> =>
  kit.prompts.create(ada, { name, description: '', kind: 'TEXT', messages: [{ role: 'USER', content: 'Hello' }], message: 'First', ...changes });

const headOf = async ({ id }: PromptRecord) => {
  const head = (await kit.prompts.heads(ada.workspaceId, [id])).get(id);
  if (!head) throw new Error('There is no head.');
  return head;
};

const label = async (prompt: PromptRecord, name: string) => kit.labels.set(ada, { promptId: prompt.id, versionId: (await headOf(prompt)).id, name });

/** A prompt at `shared/tone` that a letter includes at its label `production`. */
async function createIncluded(): Promise<PromptRecord> {
  const tone = await create('Tone', { path: 'shared/tone' });
  await label(tone, 'production');
  await create('Letter', { path: 'letter', messages: [{ role: 'USER', content: 'Dear {% prompt "shared/tone" %}' }] });
  return tone;
}

const conflictOf = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof ConflictError)) throw new Error(`Not refused as a conflict: ${String(error)}`);
  return { message: error.message, conflict: error.conflict };
};

const tagsOf = async ({ id }: PromptRecord) => (await library.tagsOf(ada.workspaceId, [id])).get(id);
const found = async (search: string) => (await kit.promptLists.list(ada.workspaceId, { first: 10, search })).edges.map(({ node }) => node.id);

describe('a prompt', () => {
  test('is described anew: what is not given stays', async () => {
    const prompt = await create('Old', { description: 'Words', tags: ['a'] });
    const updated = await library.update(ada, { id: prompt.id, name: ' New ', tags: ['B', ' b ', 'c  d'] });
    expect(updated).toMatchObject({ name: 'New', description: 'Words', path: 'old' });
    expect(updated.updatedAt.getTime()).toBeGreaterThan(prompt.updatedAt.getTime());
    expect(await tagsOf(prompt)).toEqual(['b', 'c d']);
    expect(await found('words c')).toEqual([prompt.id]);
    expect(await found('old')).toEqual([prompt.id]);
    expect(await found('a')).toEqual([]);
    await library.update(ada, { id: prompt.id, name: null, description: '', tags: [] });
    expect(await library.update(ada, { id: prompt.id, path: 'new' })).toMatchObject({ name: 'New', description: '', path: 'new' });
    expect([await found('words'), await found('old'), await tagsOf(prompt)]).toEqual([[], [], []]);
  });

  test('that is described as it is, or only moved, is not changed', async () => {
    const folder = await kit.folders.create(ada, { name: 'Support', colour: 'GRAY' });
    const prompt = await create('Same', { tags: ['a', 'b'] });
    const { updatedAt } = await library.update(ada, { id: prompt.id, name: 'Same', path: 'same', description: '', tags: ['b', 'A'], folderId: folder.id });
    expect(updatedAt).toEqual(prompt.updatedAt);
    expect((await library.update(ada, { id: prompt.id })).folderId).toBe(folder.id);
    expect((await library.update(ada, { id: prompt.id, folderId: null })).folderId).toBeUndefined();
  });

  test('is refused with every field named at once', async () => {
    const { id } = await create('One');
    const refused = library.update(ada, { id, name: ' ', path: 'No Path', description: 'a\0', tags: Array.from({ length: 21 }, (_, index) => `t${index}`) });
    await expect(refused).rejects.toMatchObject({ fields: [{ field: 'input.name' }, { field: 'input.description' }, { field: 'input.tags' }, { field: 'input.path' }] });
    await expect(library.update(ada, { id, tags: ['a'.repeat(41)] })).rejects.toThrow('input.tags.0: Keep a tag to 40 characters.');
    await expect(library.update(ada, { id, tags: ['  '] })).rejects.toThrow('input.tags.0: A tag must not be empty.');
  });

  test('has a path of its own', async () => {
    const one = await create('One');
    await create('Two');
    await expect(library.update(ada, { id: one.id, path: 'two' })).rejects.toThrow('input.path: There is a prompt at two already. Choose another path.');
  });

  test('gets another path only when nothing that includes it breaks, or that is accepted', async () => {
    const tone = await createIncluded();
    const { message, conflict } = await conflictOf(library.update(ada, { id: tone.id, path: 'shared/voice' }));
    expect(message).toBe('Changing the path shared/tone would break the prompt letter. Change what refers to it first, or ask again and accept that.');
    expect(conflict).toEqual({ dependents: [{ path: 'letter', version: '1.0.0', reference: { path: 'shared/tone', label: 'production' } }], workflows: [] });
    expect(await library.update(ada, { id: tone.id, name: 'Voice' })).toMatchObject({ path: 'shared/tone' });
    expect(await library.update(ada, { id: tone.id, path: 'shared/voice', acceptBroken: true })).toMatchObject({ path: 'shared/voice' });
  });

  test('that is archived can still be read, described and run, and keeps the time when it was', async () => {
    const prompt = await create('Old');
    const { archivedAt } = await library.archive(ada, prompt.id);
    expect(archivedAt).toBeInstanceOf(Date);
    expect((await library.archive(ada, prompt.id)).archivedAt).toEqual(archivedAt);
    expect((await headOf(prompt)).version).toBe('1.0.0');
    expect(await library.update(ada, { id: prompt.id, name: 'Older' })).toMatchObject({ name: 'Older', archivedAt });
    expect((await library.unarchive(ada, prompt.id)).archivedAt).toBeUndefined();
    expect(await found('older')).toEqual([prompt.id]);
  });
});

describe('prompts', () => {
  test('are moved together, all or none, and nothing else of them changes', async () => {
    const folder = await kit.folders.create(ada, { name: 'Support', colour: 'GRAY' });
    const [one, two] = [await create('One'), await create('Two')];
    const moved = await library.move(ada, [two.id, one.id, two.id], folder.id);
    expect(moved).toEqual([{ ...two, folderId: folder.id }, { ...one, folderId: folder.id }]);
    await expect(library.move(ada, [one.id, randomUUID()], undefined)).rejects.toThrow('There is no such prompt in this workspace.');
    await expect(library.move(ada, [one.id], randomUUID())).rejects.toThrow('There is no such folder in this workspace.');
    expect((await kit.prompts.get(ada.workspaceId, one.id)).folderId).toBe(folder.id);
    expect(await library.move(ada, [one.id], undefined)).toEqual([one]);
  });

  test('are moved 100 at a time at most', async () => {
    await expect(library.move(ada, [], undefined)).rejects.toThrow('ids: Give 1 to 100 prompts to move.');
    await expect(library.move(ada, Array.from({ length: 101 }, () => randomUUID()), undefined)).rejects.toThrow('ids: Give 1 to 100 prompts to move.');
  });

  test('have tags that are counted, without those that are archived', async () => {
    await create('One', { tags: ['EU', 'legal'] });
    await create('Two', { tags: ['legal', 'beta'] });
    const old = await create('Three', { tags: ['beta', 'old'] });
    await library.archive(ada, old.id);
    expect(await library.tagCounts(ada.workspaceId)).toEqual([{ name: 'legal', count: 2 }, { name: 'beta', count: 1 }, { name: 'eu', count: 1 }]);
    expect(await library.tagCounts((await createIdentity(kit.database)).workspaceId)).toEqual([]);
  });

  test('of another workspace are not found', async () => {
    const { id } = await create('One');
    const own = await kit.folders.create(ada, { name: 'Support', colour: 'GRAY' });
    const eve = await createIdentity(kit.database);
    for (const absent of [id, randomUUID(), 'no id\0']) {
      await expect(library.update(eve, { id: absent, name: 'Mine' })).rejects.toThrow(NotFoundError);
      await expect(library.archive(eve, absent)).rejects.toThrow(NotFoundError);
      await expect(library.unarchive(eve, absent)).rejects.toThrow(NotFoundError);
      await expect(library.move(eve, [absent], undefined)).rejects.toThrow(NotFoundError);
      await expect(library.delete(eve, absent, true)).rejects.toThrow(NotFoundError);
    }
    const folder = await kit.folders.create(eve, { name: 'Theirs', colour: 'GRAY' });
    await expect(library.move(ada, [id], folder.id)).rejects.toThrow(NotFoundError);
    await expect(library.update(ada, { id, folderId: folder.id })).rejects.toThrow(NotFoundError);
    await expect(library.move(eve, [id], own.id)).rejects.toThrow(NotFoundError);
  });
});

describe('deleting a prompt', () => {
  test('takes all that is its own with it', async () => {
    const prompt = await create('One', { tags: ['a'], messages: [{ role: 'USER', content: 'Hello {{ name }}' }] });
    await label(prompt, 'staging');
    await kit.drafts.save(ada, { promptId: prompt.id, branch: 'main', content: { messages: [{ role: 'USER', content: 'Draft' }], variables: [], tools: [] }, description: '', name: '', path: '' });
    await library.delete(ada, prompt.id, false);
    const { prisma } = kit.database;
    const of = { where: { promptId: prompt.id } };
    const left = [prisma.promptBranch.count(of), prisma.promptVersion.count(of), prisma.promptLabel.count(of), prisma.promptLabelMove.count(of), prisma.promptTag.count(of), prisma.promptDraft.count(of), prisma.promptSearch.count(of)];
    expect(await Promise.all(left)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(await found('one')).toEqual([]);
    await expect(library.delete(ada, prompt.id, false)).rejects.toThrow(NotFoundError);
    expect(await create('One')).toMatchObject({ path: 'one' });
  });

  test('is done only when nothing that uses it breaks, or that is accepted', async () => {
    const tone = await createIncluded();
    const letter = (await kit.promptLists.list(ada.workspaceId, { first: 1, search: 'letter' })).edges[0]?.node.id ?? '';
    await kit.workflows.create(ada, { name: 'Welcome', description: '', message: 'First', definition: { inputs: [], maxParallel: 4, steps: [promptStep('hello', tone.id), promptStep('bye', tone.id)] } });
    const { message, conflict } = await conflictOf(library.delete(ada, tone.id, false));
    expect(message).toBe('Deleting shared/tone would break the prompt letter and the workflow steps hello in Welcome, bye in Welcome. Change what refers to it first, or ask again and accept that.');
    expect(conflict).toEqual({
      dependents: [{ path: 'letter', version: '1.0.0', reference: { path: 'shared/tone', label: 'production' } }],
      workflows: [{ name: 'Welcome', stepName: 'hello' }, { name: 'Welcome', stepName: 'bye' }],
    });
    await library.delete(ada, letter, false);
    expect((await conflictOf(library.delete(ada, tone.id, false))).conflict).toMatchObject({ dependents: [] });
    await library.delete(ada, tone.id, true);
    await expect(kit.prompts.get(ada.workspaceId, tone.id)).rejects.toThrow(NotFoundError);
  });

  test('that has a protected label is an OWNER’s to do', async () => {
    const prompt = await create('One');
    await label(prompt, 'production');
    await kit.labels.protect(ada, 'production');
    await expect(library.delete({ ...ada, role: 'EDITOR' }, prompt.id, true)).rejects.toThrow(ForbiddenError);
    await library.delete(ada, prompt.id, false);
  });
});
