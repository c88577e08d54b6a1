import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { libraryRequests, promptOfPage } from '../../../testing/library-requests.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';

let kit: AuthoringKit;
let ada: Identity;
let ask: ReturnType<typeof libraryRequests>;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ask = libraryRequests(kit);
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const made = z.object({ made: z.object({ id: z.string() }) });

async function createFolder(name: string): Promise<string> {
  return made.parse(await ask(ada, `mutation { made: createPromptFolder(input: { name: "${name}" }) { id } }`)).made.id;
}

async function createPrompt(name: string, folderId?: string): Promise<string> {
  const folder = folderId ? `, folderId: "${folderId}"` : '';
  const input = `{ name: "${name}", kind: TEXT, tags: ["Refund", "eu"]${folder}, messages: [{ role: USER, content: "Summarise <b>{{ ticket }}</b>" }] }`;
  return made.parse(await ask(ada, `mutation { made: createPrompt(input: ${input}) { id } }`)).made.id;
}

test('a prompt is moved, described, archived and deleted over GraphQL', async () => {
  const folder = await createFolder('Support');
  const id = await createPrompt('Letter');
  expect(await ask(ada, `mutation { movePrompts(ids: ["${id}"], folderId: "${folder}") { folder { name colour parentId promptCount } } }`)).toEqual({
    movePrompts: [{ folder: { name: 'Support', colour: 'GRAY', parentId: null, promptCount: 1 } }],
  });
  expect(await ask(ada, `mutation { updatePrompt(input: { id: "${id}", name: "Note", tags: ["b", "a"] }) { name path tags folder { id } archivedAt } }`)).toEqual({
    updatePrompt: { name: 'Note', path: 'letter', tags: ['a', 'b'], folder: { id: folder }, archivedAt: null },
  });
  expect(await ask(ada, `mutation { updatePrompt(input: { id: "${id}", folderId: null }) { folder { id } } }`)).toEqual({ updatePrompt: { folder: null } });
  expect(await ask(ada, `mutation { archivePrompt(id: "${id}") { archivedAt } }`)).toEqual({ archivePrompt: { archivedAt: expect.any(String) } });
  expect(await ask(ada, `mutation { unarchivePrompt(id: "${id}") { archivedAt } }`)).toEqual({ unarchivePrompt: { archivedAt: null } });
  expect(await ask(ada, '{ promptTags { name count } }')).toEqual({ promptTags: [{ name: 'a', count: 1 }, { name: 'b', count: 1 }] });
  expect(await ask(ada, `mutation { deletePrompt(id: "${id}") { id } }`)).toEqual({ deletePrompt: { id } });
  expect(await ask(ada, '{ prompts { edges { node { id } } } promptTags { name } }')).toEqual({ prompts: { edges: [] }, promptTags: [] });
});

test('folders are listed flat with what is in them, changed and deleted over GraphQL', async () => {
  const [outer, inner] = [await createFolder('Outer'), await createFolder('Inner')];
  await createPrompt('One', inner);
  expect(await ask(ada, `mutation { updatePromptFolder(input: { id: "${inner}", parentId: "${outer}", colour: PINK }) { parentId colour } }`)).toEqual({
    updatePromptFolder: { parentId: outer, colour: 'PINK' },
  });
  const before = kit.statementCount();
  expect(await ask(ada, '{ promptFolders { name parentId colour promptCount } }')).toEqual({
    promptFolders: [{ name: 'Inner', parentId: outer, colour: 'PINK', promptCount: 1 }, { name: 'Outer', parentId: null, colour: 'GRAY', promptCount: 0 }],
  });
  expect(kit.statementCount() - before).toBe(2);
  expect(await ask(ada, `mutation { deletePromptFolder(id: "${inner}") { id } }`)).toEqual({ deletePromptFolder: { id: inner } });
  expect(await ask(ada, '{ promptFolders { promptCount } }')).toEqual({ promptFolders: [{ promptCount: 1 }] });
});

test('where the words of a search were found is told in pieces of plain text', async () => {
  await createPrompt('Refunds');
  const { prompts } = z
    .object({ prompts: z.object({ edges: z.array(z.object({ hits: z.array(z.object({ field: z.string(), fragments: z.array(z.object({ text: z.string(), hit: z.boolean() })) })) })) }) })
    .parse(await ask(ada, '{ prompts(search: "refund b") { edges { hits { field fragments { text hit } } } } }'));
  expect(prompts.edges.flatMap(({ hits }) => hits.map(({ field, fragments }) => `${field} ${fragments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('')}`))).toEqual([
    'NAME [Refund]s',
    'TAGS [refund]',
    'PATH [refund]s',
    'TEXT Summarise <[b]>{{ ticket }}</[b]>',
  ]);
  expect(await ask(ada, '{ prompts { edges { hits { field } } } }')).toEqual({ prompts: { edges: [{ hits: [] }] } });
});

describe('a page of 50 prompts with all that the library shows of them', () => {
  async function statementsOf(page: string, hits = ''): Promise<{ statements: number; edges: number }> {
    const before = kit.statementCount();
    const { prompts } = z.object({ prompts: z.object({ edges: z.array(z.unknown()) }) }).parse(await ask(ada, `{ prompts(${page}) { edges { cursor ${hits} node { ${promptOfPage} } } pageInfo { endCursor hasNextPage } } }`));
    return { statements: kit.statementCount() - before, edges: prompts.edges.length };
  }

  test('takes six SQL statements: the list with folders and tags, heads, authors, labels, which are protected, and where they are', async () => {
    const folder = await createFolder('Support');
    for (let index = 0; index < 50; index++) {
      const id = await createPrompt(`Refund ${index}`, index % 2 ? folder : undefined);
      const head = (await kit.prompts.heads(ada.workspaceId, [id])).get(id)?.id ?? '';
      await kit.labels.set(ada, { promptId: id, versionId: head, name: index % 3 ? 'production' : 'staging' });
    }
    expect(await statementsOf('first: 50')).toEqual({ statements: 6, edges: 50 });
    expect(await statementsOf('first: 50, orderBy: NAME')).toEqual({ statements: 6, edges: 50 });
    expect(await statementsOf(`first: 50, filter: { folderId: "${folder}", tags: ["eu"], label: "production" }`)).toMatchObject({ statements: 6 });
    expect(await statementsOf('first: 50, search: "refund summarise"', 'hits { field fragments { text hit } }')).toEqual({ statements: 6, edges: 50 });
  });
});
