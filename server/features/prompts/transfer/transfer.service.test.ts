import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type ExportDocument, type ExportedPrompt } from './format.js';

let kit: AuthoringKit;
let ada: Identity;
let grace: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
beforeEach(async () => {
  [ada, grace] = [await createIdentity(kit.database), await createIdentity(kit.database, 'Grace')];
});
afterAll(() => kit.stop());

const at = (minute: number) => `2026-11-24T09:${String(minute).padStart(2, '0')}:00.000Z`;
const message = (content: string, id = 'm1') => ({ id, role: 'USER' as const, content });
const variable = { name: 'ticket', type: 'TEXT' as const, description: 'What the customer wrote', required: true, maxLength: 20_000, sample: 'It does not start.' };
const version = (number: string, parents: string[], minute: number, changes: Partial<ExportedPrompt['versions'][number]> = {}) => ({
  version: number,
  parents,
  branch: 'main',
  message: `Make ${number}`,
  author: 'Barbara',
  createdAt: at(minute),
  messages: [message(`Summarise {{ ticket }} ${number}`)],
  variables: [variable],
  settings: { model: 'elsewhere/model', temperature: 0.5 },
  tools: [],
  ...changes,
});

/** With a branch, a merge, labels that moved, and everything that a version can hold. */
const prompt: ExportedPrompt = {
  path: 'support/summarise',
  name: 'Summarise <b>a ticket</b>',
  description: 'For the <script>team</script>',
  kind: 'CHAT',
  folder: ['Support', 'Tickets'],
  tags: ['eu', 'support'],
  createdAt: at(0),
  updatedAt: at(9),
  archivedAt: at(20),
  versions: [
    version('1.0.0', [], 0),
    version('1.0.1', ['1.0.0'], 1, { branch: 'shorter', messages: [message('Be brief.', 'a'), { id: 'p', role: 'PLACEHOLDER', content: 'history' }, message('{% prompt "shared/tone", label: "production" %}{{ ticket }}', 'm1')], variables: [variable, { name: 'history', type: 'MESSAGES', description: '', required: false }] }),
    // The same instant: their order is kept all the same.
    version('1.0.2', ['1.0.0'], 2),
    version('1.1.0', ['1.0.2'], 2, { tools: [{ name: 'look_up', description: '', parameters: { type: 'object', properties: {} } }], outputSchema: { type: 'object', properties: { title: { type: 'string' } } } }),
    version('1.1.1', ['1.1.0', '1.0.1'], 9),
  ],
  branches: [
    { name: 'main', head: '1.1.1', createdAt: at(0), archivedAt: null },
    { name: 'shorter', head: '1.0.1', createdAt: at(1), archivedAt: at(10) },
  ],
  labels: [
    { name: 'production', version: '1.1.0', movedAt: at(8) },
    { name: 'staging', version: '1.1.1', movedAt: at(9) },
  ],
  labelMoves: [
    { label: 'production', from: null, to: '1.0.0', by: 'Barbara', at: at(3) },
    { label: 'staging', from: null, to: '1.1.1', by: 'Barbara', at: at(9) },
    { label: 'production', from: '1.0.0', to: '1.1.0', by: 'Ken', at: at(10) },
  ],
};

const document = (...prompts: ExportedPrompt[]): ExportDocument => ({
  format: 'promptpilot.prompts',
  version: 1,
  folders: [
    { path: ['Support'], colour: 'BLUE' },
    { path: ['Support', 'Tickets'], colour: 'GRAY' },
  ],
  prompts,
});

test('What was imported is exported exactly as it came, and again from the next workspace', async () => {
  const first = await kit.transfer.import(ada, { document: document(prompt) });
  expect(first).toEqual({ importedIds: [expect.any(String)], problems: [] });
  const exported = await kit.transfer.export(ada.workspaceId, first.importedIds);
  expect(exported).toEqual(document(prompt));
  const second = await kit.transfer.import(grace, { document: JSON.parse(JSON.stringify(exported)) });
  expect(await kit.transfer.export(grace.workspaceId, second.importedIds)).toEqual(exported);
});

test('What was written here survives the journey too, with the names of its people', async () => {
  const created = await kit.prompts.create(ada, { name: 'Greeting', description: '', kind: 'TEXT', tags: [], tools: [], variables: [], messages: [{ role: 'USER', content: 'Hello {{ name }}' }], message: 'First version' });
  const exported = await kit.transfer.export(ada.workspaceId, [created.id]);
  expect(exported.prompts[0]).toMatchObject({ path: 'greeting', versions: [{ version: '1.0.0', author: 'Ada', branch: 'main' }], branches: [{ name: 'main', head: '1.0.0' }] });
  const { importedIds } = await kit.transfer.import(grace, { document: exported });
  expect(await kit.transfer.export(grace.workspaceId, importedIds)).toEqual(exported);
});

test('A path that is taken is named, and the other prompts come in', async () => {
  await kit.transfer.import(ada, { document: document(prompt) });
  const again = await kit.transfer.import(ada, { document: document(prompt, { ...prompt, path: 'support/other' }) });
  expect(again.importedIds).toHaveLength(1);
  expect(again.problems).toEqual([{ prompt: 'support/summarise', message: 'There is a prompt at support/summarise already.' }]);
});

test('What a prompt includes comes along when it is asked for, and its want is told of where it did not', async () => {
  const create = async (path: string, content: string) =>
    (await kit.prompts.create(ada, { name: path, path, description: '', kind: 'TEXT', tags: [], tools: [], variables: [], messages: [{ role: 'USER', content }], message: 'First version' })).id;
  await create('shared/words', 'Use short words.');
  await create('shared/tone', 'Be kind. {% prompt "shared/words", branch: "main" %}');
  const letter = await create('letter', 'Write. {% prompt "shared/tone", branch: "main" %}');
  const [alone, all] = [await kit.transfer.export(ada.workspaceId, [letter]), await kit.transfer.export(ada.workspaceId, [letter], true)];
  expect(alone.prompts.map(({ path }) => path)).toEqual(['letter']);
  expect(all.prompts.map(({ path }) => path)).toEqual(['letter', 'shared/tone', 'shared/words']);

  const told = { prompt: 'letter', message: 'It is imported, and includes shared/tone, which is not in this workspace: it can’t be used before that is imported, too.', missingPath: 'shared/tone' };
  expect(await kit.transfer.import(grace, { document: alone })).toEqual({ importedIds: [expect.any(String)], problems: [told] });
  const linus = await createIdentity(kit.database, 'Linus');
  expect((await kit.transfer.import(linus, { document: all })).problems).toEqual([]);
});

test('Folders that are there are used rather than made twice', async () => {
  await kit.transfer.import(ada, { document: document(prompt, { ...prompt, path: 'support/other' }) });
  expect(await kit.database.prisma.promptFolder.count({ where: { workspaceId: ada.workspaceId } })).toBe(2);
});

test.each<[string, Partial<ExportedPrompt>, string]>([
  ['a parent that comes later', { versions: [version('1.0.0', ['1.0.1'], 0), version('1.0.1', ['1.0.0'], 1)] }, 'Its parent 1.0.1 does not stand before it.'],
  ['a number twice', { versions: [version('1.0.0', [], 0), version('1.0.0', ['1.0.0'], 1)] }, 'There are two versions of this number.'],
  ['a branch without its head', { branches: [{ name: 'main', head: '9.0.0', createdAt: at(0), archivedAt: null }] }, 'There is no version 9.0.0'],
  ['a label of nothing', { labels: [{ name: 'production', version: '9.0.0', movedAt: at(0) }] }, 'There is no version 9.0.0'],
  ['a path that is none', { path: '../etc/passwd' }, 'Use lower-case letters'],
  ['a template that does not close', { versions: [version('1.0.0', [], 0, { messages: [message('{{ ticket')] })], branches: [{ name: 'main', head: '1.0.0', createdAt: at(0), archivedAt: null }], labels: [], labelMoves: [] }, 'versions.1.0.0.messages.0.content'],
  ['a variable of a name that would be dangerous', { versions: [version('1.0.0', [], 0, { variables: [variable, { ...variable, name: '__proto__' }] })], branches: [{ name: 'main', head: '1.0.0', createdAt: at(0), archivedAt: null }], labels: [], labelMoves: [] }, 'versions.1.0.0.variables.1'],
])('A prompt with %s is refused as a whole, saying why', async (_what, changes, said) => {
  const { importedIds, problems } = await kit.transfer.import(ada, { document: document({ ...prompt, ...changes }) });
  expect(importedIds).toEqual([]);
  expect(problems).toEqual([{ prompt: changes.path ?? prompt.path, message: expect.stringContaining(said) }]);
  expect(await kit.database.prisma.prompt.count({ where: { workspaceId: ada.workspaceId } })).toBe(0);
});

test('A document of another version, or with properties that nobody knows, is refused with their places', async () => {
  const refused = (given: unknown) => kit.transfer.import(ada, { document: given });
  await expect(refused({ ...document(prompt), version: 2 })).rejects.toMatchObject({ fields: [{ field: 'input.document.version' }] });
  await expect(refused(document({ ...prompt, ...{ owner: 'me' } }))).rejects.toMatchObject({ fields: [{ field: 'input.document.prompts.0' }] });
  await expect(refused('prompts')).rejects.toThrow(InvalidInputError);
  await expect(refused({ hello: 1 })).rejects.toMatchObject({ fields: [{ field: 'input.document', message: expect.stringContaining('Langfuse') }] });
  const list = { data: [{ name: 'greeting', versions: [1, 2], labels: ['production'], tags: [], lastUpdatedAt: at(1) }], meta: { page: 1 } };
  await expect(refused(list)).rejects.toMatchObject({ fields: [{ field: 'input.document', message: expect.stringContaining('/api/public/v2/prompts/{name}') }] });
  for (const stored of [{ prompt: { id: 'pmpt_1', version: '2' } }, { model: 'gpt-5', input: 'Hi', prompt: { id: 'pmpt_1' } }, [{ id: 'pmpt_1', version: '2' }]]) {
    await expect(refused(stored)).rejects.toMatchObject({ fields: [{ field: 'input.document', message: expect.stringContaining('dashboard') }] });
  }
});

test('A Langfuse history becomes versions on main, numbered by what changed for callers', async () => {
  const langfuse = [
    { name: 'Greeting', version: 1, prompt: 'Hello {{name}}', labels: [], config: { model: 'gpt-4o' }, createdAt: at(1) },
    { name: 'Greeting', version: 2, prompt: 'Hi {{name}}', labels: ['production'], createdAt: at(2) },
    { name: 'Greeting', version: 3, prompt: 'Hi {{name}}', labels: ['latest', 'staging'], createdAt: at(3) },
    { name: 'Greeting', version: 4, prompt: 'Hi {{name}} from {{place}}', labels: [], createdAt: at(4) },
  ];
  const { importedIds, problems } = await kit.transfer.import(ada, { document: langfuse });
  const exported = await kit.transfer.export(ada.workspaceId, importedIds);
  expect(exported.prompts).toMatchObject([
    {
      path: 'greeting',
      kind: 'TEXT',
      versions: [{ version: '1.0.0', createdAt: at(1) }, { version: '1.0.1', parents: ['1.0.0'] }, { version: '2.0.0', parents: ['1.0.1'], variables: [{ name: 'name' }, { name: 'place' }] }],
      labels: [{ name: 'production', version: '1.0.1' }, { name: 'staging', version: '1.0.1' }],
    },
  ]);
  expect(problems.map(({ message: said }) => said)).toEqual([
    'Version 1 was for the model gpt-4o, which is not here. It has simulated/extract instead.',
    'Version 3 has the same content as the one before and is not kept as a version of its own.',
  ]);
});

test('An OpenAI prompt object becomes a chat prompt in the folder that was asked for', async () => {
  const folder = await kit.database.prisma.promptFolder.create({ data: { workspaceId: ada.workspaceId, name: 'Inbox', colour: 'GRAY' } });
  const { importedIds } = await kit.transfer.import(ada, { document: { name: 'Titles', model: 'simulated/instant', messages: [{ role: 'user', content: 'Title of {{text}}' }] }, folderId: folder.id });
  expect((await kit.transfer.export(ada.workspaceId, importedIds)).prompts).toMatchObject([{ path: 'titles', kind: 'CHAT', folder: ['Inbox'], versions: [{ settings: { model: 'simulated/instant' } }] }]);
});

test('Another workspace’s prompts and folders are not there', async () => {
  const { importedIds } = await kit.transfer.import(ada, { document: document(prompt) });
  await expect(kit.transfer.export(grace.workspaceId, importedIds)).rejects.toThrow(NotFoundError);
  const folder = await kit.database.prisma.promptFolder.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
  await expect(kit.transfer.import(grace, { document: document(prompt), folderId: folder.id })).rejects.toThrow(NotFoundError);
});
