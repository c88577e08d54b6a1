import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CreatePromptInput } from '../../../../schema/prompts.js';
import { InvalidInputError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptRecord } from '../prompt.service.js';
import { type PromptListRequest } from './prompt-list.service.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const create = (name: string, changes: Partial<CreatePromptInput> = {}): Promise<PromptRecord> =>
  kit.prompts.create(ada, { name, description: '', kind: 'TEXT', messages: [{ role: 'USER', content: 'Hello' }], message: 'First', ...changes });

const createAll = async (...names: string[]) => {
  for (const name of names) await create(name);
};

const list = (request: Partial<PromptListRequest> = {}) => kit.promptLists.list(ada.workspaceId, { first: 50, ...request });
const names = async (request: Partial<PromptListRequest> = {}) => (await list(request)).edges.map(({ node }) => node.name);

/** Each page of a list, by one after another's cursor. */
async function pages(request: PromptListRequest): Promise<string[][]> {
  const found: string[][] = [];
  let after: string | null = null;
  do {
    const page = await list({ ...request, after });
    found.push(page.edges.map(({ node }) => node.name));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return found;
}

const refusedFields = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof InvalidInputError)) throw new Error(`Not refused as bad input: ${String(error)}`);
  return error.fields.map(({ field }) => field);
};

describe('the list', () => {
  test('begins with what was changed last', async () => {
    const first = await create('First');
    await create('Second');
    expect(await names()).toEqual(['Second', 'First']);
    await kit.library.update(ada, { id: first.id, description: 'New' });
    expect(await names()).toEqual(['First', 'Second']);
    expect(await names({ orderBy: 'CREATED' })).toEqual(['Second', 'First']);
  });

  test('by name counts neither case nor accents', async () => {
    await createAll('zebra', 'Äpfel', 'apfel 2', 'Zoo', 'Berg');
    expect(await names({ orderBy: 'NAME' })).toEqual(['Äpfel', 'apfel 2', 'Berg', 'zebra', 'Zoo']);
  });

  test.each(['UPDATED', 'CREATED', 'NAME'] as const)('comes page by page by %s, searched or not, without a gap even among equals', async (orderBy) => {
    const made: string[] = [];
    for (const name of ['b', 'd', 'a', 'e', 'c']) made.push((await create(`Item ${name}`)).id);
    const at = new Date();
    await kit.database.prisma.prompt.updateMany({ where: { id: { in: made.slice(1, 4) } }, data: { updatedAt: at, createdAt: at } });
    for (const search of [undefined, 'item']) {
      const all = await names({ orderBy, search });
      expect(all).toHaveLength(5);
      const found = await pages({ first: 2, orderBy, search });
      expect(found.map((page) => page.length)).toEqual([2, 2, 1]);
      expect(found.flat()).toEqual(all);
    }
  });

  test('goes on where it was, though what was shown has changed meanwhile', async () => {
    await createAll('One', 'Two', 'Three', 'Four');
    const page = await list({ first: 2 });
    const [shown] = page.edges;
    await kit.library.delete(ada, shown?.node.id ?? '', true);
    expect(await names({ after: page.pageInfo.endCursor })).toEqual(['Two', 'One']);
  });

  test('refuses a cursor that is none, or of another order, and a size that is none', async () => {
    await createAll('One', 'Two');
    const { pageInfo } = await list({ first: 1, orderBy: 'NAME' });
    const forged = Buffer.from(JSON.stringify(['NAME', null, 'a\0', randomUUID()])).toString('base64url');
    const { endCursor } = (await list({ first: 1, orderBy: 'UPDATED' })).pageInfo;
    await expect(refusedFields(list({ after: pageInfo.endCursor }))).resolves.toEqual(['after']);
    await expect(refusedFields(list({ after: endCursor, search: 'one' }))).resolves.toEqual(['after']);
    await expect(refusedFields(list({ after: forged, orderBy: 'NAME' }))).resolves.toEqual(['after']);
    await expect(refusedFields(list({ after: '!' }))).resolves.toEqual(['after']);
    await expect(refusedFields(list({ first: 0 }))).resolves.toEqual(['first']);
    await expect(refusedFields(list({ first: 101 }))).resolves.toEqual(['first']);
  });

  test('holds nothing of another workspace, whatever is asked for', async () => {
    const folder = await kit.folders.create(ada, { name: 'Support', colour: 'GRAY' });
    await create('Secret', { tags: ['hidden'], folderId: folder.id });
    const eve = await createIdentity(kit.database);
    for (const request of [{}, { search: 'secret' }, { filter: { tags: ['hidden'] } }, { filter: { folderId: folder.id } }, { orderBy: 'NAME' as const }]) {
      expect((await kit.promptLists.list(eve.workspaceId, { first: 50, ...request })).edges).toEqual([]);
    }
  });
});

describe('a filter', () => {
  test('keeps what is in a folder or in one within it, or what is in none', async () => {
    const outer = await kit.folders.create(ada, { name: 'Outer', colour: 'GRAY' });
    const inner = await kit.folders.create(ada, { name: 'Inner', colour: 'RED', parentId: outer.id });
    await create('In outer', { folderId: outer.id });
    await create('In inner', { folderId: inner.id });
    await create('In none');
    expect(await names({ filter: { folderId: outer.id } })).toEqual(['In inner', 'In outer']);
    expect(await names({ filter: { folderId: inner.id } })).toEqual(['In inner']);
    expect(await names({ filter: { unfiled: true } })).toEqual(['In none']);
    expect(await names({ filter: { folderId: randomUUID() } })).toEqual([]);
    expect(await names({ filter: { folderId: 'no id\0' } })).toEqual([]);
    await expect(refusedFields(list({ filter: { folderId: outer.id, unfiled: true } }))).resolves.toEqual(['filter.unfiled']);
  });

  test('keeps what has all of the tags, however they are typed', async () => {
    await create('Both', { tags: ['Legal', 'EU'] });
    await create('One', { tags: ['legal'] });
    expect(await names({ filter: { tags: [' LEGAL '] } })).toEqual(['One', 'Both']);
    expect(await names({ filter: { tags: ['eu', 'legal'] } })).toEqual(['Both']);
    expect(await names({ filter: { tags: ['eu', 'none'] } })).toEqual([]);
  });

  test('keeps a kind, or what has a label', async () => {
    await create('Text');
    const chat = await create('Chat', { kind: 'CHAT', messages: [{ role: 'SYSTEM', content: 'Be brief' }] });
    const head = (await kit.prompts.heads(ada.workspaceId, [chat.id])).get(chat.id);
    await kit.labels.set(ada, { promptId: chat.id, versionId: head?.id ?? '', name: 'staging' });
    expect(await names({ filter: { kind: 'CHAT' } })).toEqual(['Chat']);
    expect(await names({ filter: { kind: 'TEXT' } })).toEqual(['Text']);
    expect(await names({ filter: { label: 'staging' } })).toEqual(['Chat']);
    expect(await names({ filter: { label: 'production' } })).toEqual([]);
    await expect(refusedFields(list({ filter: { label: '\0' } }))).resolves.toEqual(['filter.label']);
  });

  test('shows what is archived, and only that, when it is asked for', async () => {
    const old = await create('Old');
    await create('New');
    await kit.library.archive(ada, old.id);
    expect(await names()).toEqual(['New']);
    expect(await names({ search: 'old' })).toEqual([]);
    expect(await names({ filter: { archived: true } })).toEqual(['Old']);
    expect(await names({ filter: { archived: true }, search: 'o' })).toEqual(['Old']);
  });

  test('holds together with a search', async () => {
    await create('Refund letter', { tags: ['eu'] });
    await create('Refund note', { tags: ['us'] });
    expect(await names({ search: 'refund', filter: { tags: ['eu'] } })).toEqual(['Refund letter']);
  });
});

describe('a search', () => {
  test('finds words in the name, the tags, the path, the description and the text', async () => {
    await create('Apple', { path: 'one' });
    await create('Two', { tags: ['apple'] });
    await create('Three', { path: 'fruit/apple' });
    await create('Four', { description: 'About an apple' });
    await create('Five', { messages: [{ role: 'USER', content: 'Eat the apple, {{ name }}' }] });
    await create('Six', { kind: 'CHAT', messages: [{ role: 'SYSTEM', content: 'Be kind' }, { role: 'USER', content: 'An apple' }] });
    await create('Seven');
    expect(await names({ search: 'apple' })).toEqual(['Apple', 'Two', 'Three', 'Four', 'Six', 'Five']);
    expect(await names({ search: 'apple', orderBy: 'NAME' })).toEqual(['Apple', 'Two', 'Three', 'Four', 'Five', 'Six']);
  });

  test('puts a whole word of the name before the beginning of one', async () => {
    await createAll('Testing tools', 'Test', 'A tester');
    expect(await names({ search: 'test' })).toEqual(['Test', 'A tester', 'Testing tools']);
  });

  test('asks for every word, in any order, by its beginning', async () => {
    await create('Refund letter', { description: 'For customers' });
    await create('Refund note');
    expect(await names({ search: 'cust refu' })).toEqual(['Refund letter']);
    expect(await names({ search: 'refund missing' })).toEqual([]);
    expect(await names({ search: 'efund' })).toEqual([]);
  });

  test.each([
    ['Übersicht', ['über', 'UBERS', 'ubersicht']],
    ['Crème brûlée', ['creme', 'CRÈME brulee']],
    ['Ελλάδα', ['ελλαδα', 'ΕΛΛΆΔΑ']],
    ['Große Straße', ['strasse', 'GROSSE', 'straß']],
    ['東京都の案内', ['東京', '京都', '案', '東京都', '内']],
    ['チケットを要約', ['チケ', '要約', 'ケット']],
    ['한국어 요약', ['한국', '요약', '요']],
    ['Привет мир', ['привет', 'МИР']],
    ['🎉 Launch', ['🎉', 'launch 🎉']],
    ['customer_name2', ['name2', 'customer']],
  ])('finds %s whatever the case, the accents and the script', async (name, searches) => {
    await create(name, { path: 'it' });
    await create('Other', { path: 'other' });
    for (const search of searches) expect(await names({ search })).toEqual([name]);
  });

  test('finds no characters that do not stand side by side, in scripts without spaces', async () => {
    await create('東の京', { path: 'it' });
    expect(await names({ search: '東京' })).toEqual([]);
  });

  test.each(['%', '_', '\\', '*', '?', '[', ']', '^', '-', '.', '$', '(', ')', '{', '}', '|', '+', "'", '"', '[a', ':*', '& !a', 'a OR', 'NEAR(', '"a" "b', "a'b", '{name}:a', '<->'])(
    'with %s in it is a search for words, not a program',
    async (text) => {
      await create('Refund', { path: 'it', messages: [{ role: 'USER', content: 'Name a near or b' }] });
      expect(await names({ search: `refund ${text}` })).toEqual(['Refund']);
      expect(await names({ search: `missing ${text}` })).toEqual([]);
    },
  );

  test('for signs alone finds nothing, and for nothing finds all', async () => {
    await createAll('One', 'Two');
    expect(await names({ search: '!? – "' })).toEqual([]);
    expect(await names({ search: '  ' })).toEqual(['Two', 'One']);
    expect(await names({ search: null })).toEqual(['Two', 'One']);
  });

  test('that is too long, or can not be written, is refused', async () => {
    await expect(refusedFields(list({ search: 'a'.repeat(201) }))).resolves.toEqual(['search']);
    await expect(refusedFields(list({ search: '\0' }))).resolves.toEqual(['search']);
    await expect(refusedFields(list({ search: '\ud800' }))).resolves.toEqual(['search']);
  });

  test('may hold as many words as fit', async () => {
    const text = Array.from({ length: 200 }, (_, index) => String.fromCodePoint(0x4e00 + index)).join('');
    await create('Long', { messages: [{ role: 'USER', content: text }] });
    expect(await names({ search: text })).toEqual(['Long']);
    expect(await names({ search: Array.from({ length: 100 }, (_, index) => String.fromCodePoint(97 + (index % 26))).join(' ') })).toEqual([]);
  });

  test('finds a text as long as a prompt may be, by its words near the beginning', async () => {
    const words = Array.from({ length: 30_000 }, (_, index) => `w${index.toString(36)}`).join(' ');
    const characters = Array.from({ length: 150_000 }, (_, index) => String.fromCodePoint(0x4e00 + ((index * 7919) % 20_000))).join('');
    await create('Long', { kind: 'CHAT', messages: [{ role: 'SYSTEM', content: words }, { role: 'USER', content: characters }] });
    expect(await names({ search: 'w100 wabc' })).toEqual(['Long']);
  });
});
