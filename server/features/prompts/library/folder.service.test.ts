import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type FolderRecord } from './folder.js';

let kit: AuthoringKit;
let folders: AuthoringKit['folders'];
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ({ folders } = kit);
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const create = (name: string, parentId?: string) => folders.create(ada, { name, colour: 'GRAY', parentId });

/** Makes a line of folders, each within the one before. */
async function createLine(...names: string[]): Promise<FolderRecord[]> {
  const line: FolderRecord[] = [];
  for (const name of names) line.push(await create(name, line.at(-1)?.id));
  return line;
}

async function createPrompt(name: string, folderId: string): Promise<string> {
  return (await kit.prompts.create(ada, { name, description: '', kind: 'TEXT', messages: [{ role: 'USER', content: 'Hello' }], message: 'First', folderId })).id;
}

/** Every folder as the line of names down to it, in the order of the alphabet. */
async function tree(): Promise<string[]> {
  const all = await folders.all(ada.workspaceId);
  const lineOf = (folder: FolderRecord): string => {
    const parent = all.find(({ id }) => id === folder.parentId);
    return parent ? `${lineOf(parent)}/${folder.name}` : folder.name;
  };
  return all.map(lineOf).sort();
}

const folderOf = async (promptId: string) => (await kit.prompts.get(ada.workspaceId, promptId)).folderId;

describe('a folder', () => {
  test('stands at the top or in another, with its name and colour', async () => {
    const support = await folders.create(ada, { name: ' Support ', colour: 'TEAL' });
    expect(support).toMatchObject({ name: 'Support', colour: 'TEAL', parentId: undefined });
    await create('Letters', support.id);
    expect(await tree()).toEqual(['Support', 'Support/Letters']);
  });

  test.each([['  '], ['two\nlines'], ['a'.repeat(81)], ['a\0']])('is not named %j', async (name) => {
    await expect(create(name)).rejects.toThrow(/^input\.name: /);
  });

  test('has a name of its own in its place, in upper or lower case', async () => {
    const [support] = await createLine('Support', 'Letters');
    await expect(create('support')).rejects.toThrow('input.name: There is a folder named Support there already. Choose another name or another place.');
    await create('Support', support?.id);
    const other = await create('Other');
    await expect(folders.update(ada, { id: other.id, name: 'SUPPORT' })).rejects.toThrow('There is a folder named Support there already.');
    await expect(folders.update(ada, { id: other.id, name: 'Letters', parentId: support?.id })).rejects.toThrow('There is a folder named Letters there already.');
    expect(await folders.update(ada, { id: other.id, name: 'other' })).toMatchObject({ name: 'other' });
  });

  test('of one name is made once, however many ask for it at once', async () => {
    const made = await Promise.allSettled(Array.from({ length: 6 }, () => create('Support')));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await tree()).toEqual(['Support']);
  });

  test('is renamed, coloured and moved; what is not given stays', async () => {
    const [outer, inner] = await createLine('Outer', 'Inner');
    await folders.update(ada, { id: inner?.id ?? '', colour: 'RED' });
    await folders.update(ada, { id: inner?.id ?? '', name: 'New', colour: null });
    expect(await folders.all(ada.workspaceId)).toContainEqual({ id: inner?.id, name: 'New', colour: 'RED', parentId: outer?.id });
    await folders.update(ada, { id: inner?.id ?? '', parentId: null });
    expect(await tree()).toEqual(['New', 'Outer']);
  });

  test('can not be moved into itself or into a folder within it', async () => {
    const [outer, , innermost] = await createLine('Outer', 'Middle', 'Innermost');
    for (const parentId of [outer?.id, innermost?.id]) {
      await expect(folders.update(ada, { id: outer?.id ?? '', parentId })).rejects.toThrow("input.parentId: Outer can't be moved into itself or a folder within it.");
    }
  });

  test('is not moved into one that is moved into it at the same time', async () => {
    const [left, right] = [await create('Left'), await create('Right')];
    const moves = await Promise.allSettled([folders.update(ada, { id: left.id, parentId: right.id }), folders.update(ada, { id: right.id, parentId: left.id })]);
    expect(moves.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await tree()).toHaveLength(2);
  });

  test('stands at most eight levels deep, moved with all that is in it, too', async () => {
    const line = await createLine('1', '2', '3', '4', '5', '6', '7', '8');
    await expect(create('9', line[7]?.id)).rejects.toThrow('input.parentId: Folders may stand 8 levels deep. Choose a place further up.');
    const [pair] = await createLine('a', 'b');
    await expect(folders.update(ada, { id: pair?.id ?? '', parentId: line[6]?.id })).rejects.toThrow('Folders may stand 8 levels deep.');
    await folders.update(ada, { id: pair?.id ?? '', parentId: line[5]?.id });
  });

  test('of another workspace, or one that can be none, is not found', async () => {
    const eve = await createIdentity(kit.database);
    const { id } = await create('Support');
    for (const absent of [id, randomUUID(), 'no id\0']) {
      await expect(folders.create(eve, { name: 'Mine', colour: 'GRAY', parentId: absent })).rejects.toThrow(NotFoundError);
      await expect(folders.update(eve, { id: absent, name: 'Mine' })).rejects.toThrow(NotFoundError);
      await expect(folders.delete(eve, { id: absent })).rejects.toThrow(NotFoundError);
    }
    const own = await folders.create(eve, { name: 'Own', colour: 'GRAY' });
    await expect(folders.update(eve, { id: own.id, parentId: id })).rejects.toThrow(NotFoundError);
    await expect(folders.delete(eve, { id: own.id, moveTo: id })).rejects.toThrow(NotFoundError);
    expect((await folders.byIds(eve.workspaceId, [id, 'no id'])).size).toBe(0);
  });
});

describe('deleting a folder', () => {
  test('leaves what is in it to the folder that it was in', async () => {
    const [outer, middle, inner] = await createLine('Outer', 'Middle', 'Inner');
    const [one, two] = [await createPrompt('One', middle?.id ?? ''), await createPrompt('Two', inner?.id ?? '')];
    const before = await kit.prompts.get(ada.workspaceId, one);
    await folders.delete(ada, { id: middle?.id ?? '' });
    expect(await tree()).toEqual(['Outer', 'Outer/Inner']);
    expect([await folderOf(one), await folderOf(two)]).toEqual([outer?.id, inner?.id]);
    expect((await kit.prompts.get(ada.workspaceId, one)).updatedAt).toEqual(before.updatedAt);
    await folders.delete(ada, { id: outer?.id ?? '' });
    expect(await tree()).toEqual(['Inner']);
    expect(await folderOf(one)).toBeUndefined();
  });

  test('moves what is in it where it is told to', async () => {
    const [outer, inner] = await createLine('Outer', 'Inner');
    const target = await create('Target');
    const prompt = await createPrompt('One', outer?.id ?? '');
    await folders.delete(ada, { id: outer?.id ?? '', moveTo: target.id });
    expect(await tree()).toEqual(['Target', 'Target/Inner']);
    expect(await folderOf(prompt)).toBe(target.id);
    expect(inner?.id).toBe((await folders.all(ada.workspaceId)).find(({ name }) => name === 'Inner')?.id);
  });

  test('numbers folders whose names others have there', async () => {
    const [outer] = await createLine('Letters', 'Support');
    await create('letters', outer?.id);
    await create('Other', outer?.id);
    await create('support');
    await create('Support 2');
    await folders.delete(ada, { id: outer?.id ?? '' });
    expect(await tree()).toEqual(['Other', 'Support 2', 'Support 3', 'letters', 'support']);
  });

  test('can not move what is in it into itself, or deeper than folders may stand', async () => {
    const [outer, inner] = await createLine('Outer', 'Inner', 'Innermost');
    for (const moveTo of [outer?.id, inner?.id]) {
      await expect(folders.delete(ada, { id: outer?.id ?? '', moveTo })).rejects.toThrow("moveTo: What is in Outer can't move to a folder that is deleted with it.");
    }
    const deep = await createLine('1', '2', '3', '4', '5', '6', '7');
    await expect(folders.delete(ada, { id: outer?.id ?? '', moveTo: deep[6]?.id })).rejects.toThrow('moveTo: Folders may stand 8 levels deep.');
    expect(await tree()).toContain('Outer/Inner/Innermost');
  });
});

test('prompts directly in a folder are counted, without those that are archived', async () => {
  const [outer, inner] = await createLine('Outer', 'Inner');
  const prompts = [await createPrompt('One', outer?.id ?? ''), await createPrompt('Two', outer?.id ?? ''), await createPrompt('Three', inner?.id ?? '')];
  await kit.library.archive(ada, prompts[0] ?? '');
  expect(await folders.promptCounts(ada.workspaceId, [outer?.id ?? '', inner?.id ?? ''])).toEqual(new Map([[outer?.id, 1], [inner?.id, 1]]));
});
