import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CreatePromptInput } from '../../../schema/prompts.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';

let kit: AuthoringKit;
let database: AuthoringKit['database'];
let prompts: AuthoringKit['prompts'];
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ({ database, prompts } = kit);
});

beforeEach(async () => {
  ada = await createIdentity(database);
});

afterAll(() => kit.stop());

const textPrompt = (changes: Partial<CreatePromptInput> = {}): CreatePromptInput => ({
  name: 'Summarise ticket',
  description: '',
  kind: 'TEXT',
  messages: [{ role: 'USER', content: 'Summarise {{ ticket }}' }],
  message: 'First version',
  ...changes,
});

const headOf = async (promptId: string) => {
  const head = (await prompts.heads(ada.workspaceId, [promptId])).get(promptId);
  if (!head) throw new Error('There is no head.');
  return head;
};

const refusedFields = async (work: Promise<unknown>) => {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof InvalidInputError)) throw new Error(`Not refused as bad input: ${String(error)}`);
  return error.fields;
};

describe('a new prompt', () => {
  test('starts with version 1.0.0 on main, with the variables found and the default model', async () => {
    const { id, ...prompt } = await prompts.create(ada, textPrompt({ name: ' Summarise ticket ', description: ' For support ' }));
    expect(prompt).toMatchObject({ name: 'Summarise ticket', path: 'summarise-ticket', description: 'For support', kind: 'TEXT' });
    expect(await headOf(id)).toMatchObject({
      promptId: id,
      version: '1.0.0',
      kind: 'TEXT',
      message: 'First version',
      authorId: ada.userId,
      messages: [{ role: 'USER', content: 'Summarise {{ ticket }}' }],
      variables: [{ name: 'ticket' }],
      settings: { model: 'simulated/extract' },
    });
  });

  test('keeps what it was written with: blanks, line breaks and settings, without those that are null', async () => {
    const settings = { model: 'simulated/echo', temperature: 0, topP: null, maxOutputTokens: 200 };
    const messages = [
      { role: 'SYSTEM' as const, content: '  Be brief.\n' },
      { role: 'USER' as const, content: '{{ question }} 日本' },
    ];
    const { id } = await prompts.create(ada, textPrompt({ kind: 'CHAT', messages, settings }));
    const head = await headOf(id);
    expect(head.messages).toEqual(messages.map((message) => ({ ...message, id: expect.any(String) })));
    expect(head.settings).toStrictEqual({ model: 'simulated/echo', temperature: 0, maxOutputTokens: 200 });
  });

  test('is refused with every field named at once', async () => {
    const input = textPrompt({
      name: ' ',
      path: 'Not A Path',
      description: 'x\0',
      message: 'two\nlines',
      messages: [{ role: 'USER', content: 'Hello\n{{ name' }],
      settings: { model: 'nobody/nothing', temperature: 3 },
    });
    const fields = await refusedFields(prompts.create(ada, input));
    expect(fields.map(({ field }) => field).sort()).toEqual([
      'input.description', 'input.message', 'input.messages.0.content', 'input.name', 'input.path', 'input.settings.temperature',
    ]);
    expect(fields).toContainEqual({ field: 'input.messages.0.content', message: 'Line 2, column 1: output "{{ name" not closed.' });
  });

  test('names a model that there is', async () => {
    expect(await refusedFields(prompts.create(ada, textPrompt({ settings: { model: 'nobody/nothing' } })))).toEqual([
      { field: 'input.settings.model', message: 'There is no model named nobody/nothing. Choose one that `models` lists.' },
    ]);
  });

  test.each([
    ['a text prompt with two messages', 'TEXT', [{ role: 'USER', content: 'a' }, { role: 'USER', content: 'b' }], 'input.messages'],
    ['a text prompt with a system message', 'TEXT', [{ role: 'SYSTEM', content: 'a' }], 'input.messages'],
    ['a chat prompt without messages', 'CHAT', [], 'input.messages'],
    ['a chat prompt with 301 messages', 'CHAT', Array.from({ length: 301 }, () => ({ role: 'USER', content: 'a' })), 'input.messages'],
    ['an empty message', 'TEXT', [{ role: 'USER', content: ' \n' }], 'input.messages.0.content'],
    ['a NUL character', 'TEXT', [{ role: 'USER', content: 'a\0' }], 'input.messages.0.content'],
    ['half of a surrogate pair', 'TEXT', [{ role: 'USER', content: 'a\ud800' }], 'input.messages.0.content'],
    ['too much code in all messages', 'CHAT', Array.from({ length: 3 }, () => ({ role: 'USER', content: '{{a}}'.repeat(1_000) })), 'input.messages'],
    ['too much text in all messages', 'CHAT', Array.from({ length: 3 }, () => ({ role: 'USER', content: 'a'.repeat(190_000) })), 'input.messages'],
  ] satisfies [string, 'TEXT' | 'CHAT', CreatePromptInput['messages'], string][])('%s is refused', async (_what, kind, messages, field) => {
    expect((await refusedFields(prompts.create(ada, textPrompt({ kind, messages })))).map((problem) => problem.field)).toEqual([field]);
  });

  test('needs a path of its own in its workspace, and leaves nothing behind where it has none', async () => {
    await prompts.create(ada, textPrompt());
    expect(await refusedFields(prompts.create(ada, textPrompt()))).toEqual([
      { field: 'input.name', message: 'There is a prompt at summarise-ticket already. Choose another name, or give a path.' },
    ]);
    expect(await refusedFields(prompts.create(ada, textPrompt({ name: 'Other', path: 'summarise-ticket' })))).toEqual([
      { field: 'input.path', message: 'There is a prompt at summarise-ticket already. Choose another path.' },
    ]);
    expect(await database.prisma.promptVersion.count({ where: { workspaceId: ada.workspaceId } })).toBe(1);
    const bob = await createIdentity(database, 'Bob');
    await expect(prompts.create(bob, textPrompt())).resolves.toMatchObject({ path: 'summarise-ticket' });
  });

  test('is put into a folder of its workspace, whose names are part of the path that it is given, and keeps its tags once each', async () => {
    const { prisma } = database;
    const { workspaceId } = ada;
    const outer = await prisma.promptFolder.create({ data: { workspaceId, name: 'Support', colour: 'GRAY' } });
    const inner = await prisma.promptFolder.create({ data: { workspaceId, name: 'Tier 2', colour: 'GRAY', parentId: outer.id } });
    const prompt = await prompts.create(ada, textPrompt({ folderId: inner.id, tags: ['mail', ' mail ', 'urgent'] }));
    expect(prompt).toMatchObject({ path: 'support/tier-2/summarise-ticket', folderId: inner.id, archivedAt: undefined });
    expect((await prisma.promptTag.findMany({ where: { promptId: prompt.id }, orderBy: { name: 'asc' } })).map(({ name }) => name)).toEqual(['mail', 'urgent']);
    expect(await prompts.create(ada, textPrompt({ folderId: inner.id, path: 'mine' }))).toMatchObject({ path: 'mine' });
    const bob = await createIdentity(database, 'Bob');
    for (const folderId of [inner.id, 'no id']) {
      expect((await refusedFields(prompts.create(bob, textPrompt({ folderId })))).map(({ field }) => field)).toEqual(['input.folderId']);
    }
  });

  test('of several made at once at one path, one is made', async () => {
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => prompts.create(ada, textPrompt())));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database.prisma.prompt.count({ where: { workspaceId: ada.workspaceId } })).toBe(1);
  });
});

describe('reading', () => {
  test('nothing of another workspace is found', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    const { id: versionId } = await headOf(id);
    const bob = await createIdentity(database, 'Bob');
    await expect(prompts.get(bob.workspaceId, id)).rejects.toThrow('There is no such prompt in this workspace.');
    await expect(prompts.version(bob.workspaceId, versionId)).rejects.toThrow(NotFoundError);
    expect((await prompts.heads(bob.workspaceId, [id, 'no id'])).size).toBe(0);
    expect((await prompts.versions(bob.workspaceId, id, { first: 5 })).edges).toEqual([]);
  });

  test('an id that can be none is not found', async () => {
    await expect(prompts.get(ada.workspaceId, 'a\0b')).rejects.toThrow(NotFoundError);
    await expect(prompts.version(ada.workspaceId, '')).rejects.toThrow(NotFoundError);
  });

  test('versions are listed newest first, page by page', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    for (const word of ['a', 'b', 'c']) await kit.commits.commit(ada, { promptId: id, branch: 'main', message: 'Better', messages: [{ role: 'USER', content: `${word} {{ ticket }}` }] });
    const page = await prompts.versions(ada.workspaceId, id, { first: 3 });
    expect(page.edges.map(({ node }) => node.version)).toEqual(['1.0.3', '1.0.2', '1.0.1']);
    const rest = await prompts.versions(ada.workspaceId, id, { first: 3, after: page.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node.version)).toEqual(['1.0.0']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });
});
