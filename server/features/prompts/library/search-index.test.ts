import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { SearchIndexStore } from './search-index.store.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

async function create(name: string, content: string): Promise<string> {
  return (await kit.prompts.create(ada, { name, description: '', kind: 'TEXT', messages: [{ role: 'USER', content }], message: 'First', tags: ['tagged'] })).id;
}

const commit = (promptId: string, content: string, branch = 'main') =>
  kit.commits.commit(ada, { promptId, branch, messages: [{ role: 'USER', content }], message: 'Change' });

const found = async (search: string, orderBy: 'NAME' | 'UPDATED' = 'UPDATED') =>
  (await kit.promptLists.list(ada.workspaceId, { first: 100, search, orderBy })).edges.map(({ node }) => node.id);

describe('a prompt is found by', () => {
  test('its newest version on main, and no longer by those before', async () => {
    const id = await create('Letter', 'apple');
    await commit(id, 'pear');
    expect([await found('apple'), await found('pear')]).toEqual([[], [id]]);
  });

  test('what has come to main, not by what is on another branch', async () => {
    const id = await create('Letter', 'apple');
    const head = (await kit.prompts.heads(ada.workspaceId, [id])).get(id);
    await kit.branches.create(ada, { promptId: id, fromVersionId: head?.id ?? '', name: 'draft' });
    await commit(id, 'pear', 'draft');
    expect([await found('apple'), await found('pear')]).toEqual([[id], []]);
    await kit.merges.merge(ada, { promptId: id, source: 'draft', target: 'main', resolutions: [] });
    expect([await found('apple'), await found('pear')]).toEqual([[], [id]]);
  });

  test('what was imported with it', async () => {
    const id = await create('Letter', 'apple');
    const document = await kit.transfer.export(ada.workspaceId, [id]);
    const bob = await createIdentity(kit.database, 'Bob');
    await kit.transfer.import(bob, { document });
    const { edges } = await kit.promptLists.list(bob.workspaceId, { first: 5, search: 'apple tagged' });
    expect(edges.map(({ node }) => node.name)).toEqual(['Letter']);
  });

  test('all that was changed of it at the same time', async () => {
    const id = await create('Letter', 'apple');
    await Promise.all([commit(id, 'pear'), kit.library.update(ada, { id, name: 'Note' }), kit.library.update(ada, { id, tags: ['fresh'] })]);
    expect(await found('pear note fresh')).toEqual([id]);
    expect([await found('apple'), await found('tagged')]).toEqual([[], []]);
  });

  test('nothing that was refused', async () => {
    const id = await create('Letter', 'apple');
    await create('Note', 'pear');
    await expect(kit.library.update(ada, { id, name: 'Changed', path: 'note' })).rejects.toThrow('There is a prompt at note already.');
    expect([await found('changed'), await found('letter')]).toEqual([[], [id]]);
  });
});

test('a prompt that is deleted leaves no words behind, with its workspace, too', async () => {
  const id = await create('Letter', 'uniqueword');
  await create('Other', 'uniqueword');
  const folder = await kit.folders.create(ada, { name: 'Outer', colour: 'GRAY' });
  await kit.folders.create(ada, { name: 'Inner', colour: 'GRAY', parentId: folder.id });
  await kit.library.delete(ada, id, true);
  expect(await found('uniqueword')).toHaveLength(1);
  await kit.database.prisma.workspace.delete({ where: { id: ada.workspaceId } });
  expect(await kit.database.prisma.promptSearch.count({ where: { workspaceId: ada.workspaceId } })).toBe(0);
  if (kit.database.engine === 'sqlite') expect(await kit.database.read(`SELECT rowid FROM prompt_words WHERE prompt_words MATCH '"uniqueword"'`, [])).toEqual([]);
});

test('prompts from before there was an index are put into it, each once, and are listed by name then, too', async () => {
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) ids.unshift(await create(`Letter ${index}`, 'apple'));
  await kit.database.prisma.promptSearch.deleteMany({ where: { workspaceId: ada.workspaceId } });
  expect(await found('apple')).toEqual([]);
  const index = new SearchIndexStore(kit.database);
  expect(await index.indexMissing()).toBe(3);
  expect(await index.indexMissing()).toBe(0);
  expect(await found('apple tagged letter')).toEqual(ids);
  expect((await kit.promptLists.list(ada.workspaceId, { first: 5, orderBy: 'NAME' })).edges.map(({ node }) => node.name)).toEqual(['Letter 0', 'Letter 1', 'Letter 2']);
});
