import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CommitPromptVersionInput, type CreatePromptInput } from '../../../schema/prompts.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.js';
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

const commitOf = (promptId: string, content: string, changes: Partial<CommitPromptVersionInput> = {}): CommitPromptVersionInput => ({
  promptId,
  branch: 'main',
  messages: [{ role: 'USER', content }],
  message: 'Better',
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
    ['a chat prompt with 101 messages', 'CHAT', Array.from({ length: 101 }, () => ({ role: 'USER', content: 'a' })), 'input.messages'],
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

  test('of several made at once at one path, one is made', async () => {
    const made = await Promise.allSettled(Array.from({ length: 5 }, () => prompts.create(ada, textPrompt())));
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database.prisma.prompt.count({ where: { workspaceId: ada.workspaceId } })).toBe(1);
  });
});

describe('a commit', () => {
  test('makes a new version whose parent is the head, and leaves the old one as it was', async () => {
    const { id, updatedAt } = await prompts.create(ada, textPrompt());
    const first = await headOf(id);
    const second = await prompts.commit(ada, commitOf(id, 'Sum up {{ ticket }}', { expectedHeadId: first.id }));
    expect(second).toMatchObject({ version: '1.0.1', message: 'Better', messages: [{ role: 'USER', content: 'Sum up {{ ticket }}' }] });
    expect(await headOf(id)).toEqual(second);
    expect(await prompts.version(ada.workspaceId, first.id)).toEqual(first);
    expect(await database.prisma.promptVersionParent.findMany({ where: { version: { workspaceId: ada.workspaceId } } })).toEqual([{ versionId: second.id, position: 0, parentId: first.id }]);
    expect((await prompts.get(ada.workspaceId, id)).updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime());
  });

  test('numbers the version by what it means for callers', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    const versionOf = async (content: string, changes = {}) => (await prompts.commit(ada, commitOf(id, content, changes))).version;
    expect(await versionOf('Summarise {{ ticket }} now')).toBe('1.0.1');
    expect(await versionOf('Summarise {{ ticket }} now', { settings: { model: 'simulated/echo' } })).toBe('1.0.2');
    expect(await versionOf('Summarise {{ ticket }} in {{ language }}')).toBe('2.0.0');
    expect(await versionOf('In {{ language }}: {{ ticket }}')).toBe('2.0.1');
    expect(await versionOf('Summarise {{ ticket }}', { variables: [{ name: 'ticket' }] })).toBe('3.0.0');
    expect(await versionOf('Summarise {{ issue }}', { variables: [] })).toBe('4.0.0');
  });

  test('without settings keeps those of the head', async () => {
    const { id } = await prompts.create(ada, textPrompt({ settings: { model: 'simulated/echo', temperature: 1 } }));
    expect((await prompts.commit(ada, commitOf(id, 'New {{ ticket }}'))).settings).toEqual({ model: 'simulated/echo', temperature: 1 });
  });

  test('that changes nothing is refused', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    expect(await refusedFields(prompts.commit(ada, commitOf(id, 'Summarise {{ ticket }}')))).toEqual([
      { field: 'input.messages', message: 'Nothing differs from version 1.0.0, so there is nothing to commit.' },
    ]);
  });

  test('that began from another head is a conflict', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    const first = await headOf(id);
    await prompts.commit(ada, commitOf(id, 'One {{ ticket }}'));
    const late = prompts.commit(ada, commitOf(id, 'Two {{ ticket }}', { expectedHeadId: first.id }));
    await expect(late).rejects.toThrow(ConflictError);
    await expect(late).rejects.toThrow('Version 1.0.1 has been committed since you began to edit.');
    expect((await headOf(id)).version).toBe('1.0.1');
  });

  test('of several at once wins or is a conflict, whatever number it would get, and none is lost', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    const contents = Array.from({ length: 8 }, (_, index) => (index % 2 ? `${index} {{ ticket }}` : `${index} {{ ticket }} {{ v${index} }}`));
    const commits = await Promise.allSettled(contents.map((content) => prompts.commit(ada, commitOf(id, content))));
    const won = commits.filter((commit) => commit.status === 'fulfilled');
    for (const commit of commits) if (commit.status === 'rejected') expect(commit.reason).toBeInstanceOf(ConflictError);
    expect(won.length).toBeGreaterThanOrEqual(1);
    // The line of parents from the head holds every version that was made.
    expect(await database.prisma.promptVersion.count({ where: { workspaceId: ada.workspaceId } })).toBe(won.length + 1);
    const parentOf = new Map((await database.prisma.promptVersionParent.findMany({ where: { version: { workspaceId: ada.workspaceId } } })).map(({ versionId, parentId }) => [versionId, parentId]));
    let length = 0;
    for (let at: string | undefined = (await headOf(id)).id; at; at = parentOf.get(at)) length++;
    expect(length).toBe(won.length + 1);
  });

  test('to a branch that does not exist, or a prompt of another workspace, finds nothing', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    const bob = await createIdentity(database, 'Bob');
    await expect(prompts.commit(ada, commitOf(id, 'x', { branch: 'draft' }))).rejects.toThrow(NotFoundError);
    await expect(prompts.commit(bob, commitOf(id, 'x'))).rejects.toThrow(NotFoundError);
    await expect(prompts.commit(ada, commitOf('no id', 'x'))).rejects.toThrow(NotFoundError);
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
    expect((await prompts.list(bob.workspaceId, { first: 5 })).edges).toEqual([]);
  });

  test('an id that can be none is not found', async () => {
    await expect(prompts.get(ada.workspaceId, 'a\0b')).rejects.toThrow(NotFoundError);
    await expect(prompts.version(ada.workspaceId, '')).rejects.toThrow(NotFoundError);
  });

  test('versions are listed newest first, page by page', async () => {
    const { id } = await prompts.create(ada, textPrompt());
    for (const word of ['a', 'b', 'c']) await prompts.commit(ada, commitOf(id, `${word} {{ ticket }}`));
    const page = await prompts.versions(ada.workspaceId, id, { first: 3 });
    expect(page.edges.map(({ node }) => node.version)).toEqual(['1.0.3', '1.0.2', '1.0.1']);
    const rest = await prompts.versions(ada.workspaceId, id, { first: 3, after: page.pageInfo.endCursor });
    expect(rest.edges.map(({ node }) => node.version)).toEqual(['1.0.0']);
    expect(rest.pageInfo.hasNextPage).toBe(false);
  });
});

describe('the list', () => {
  const namesFor = async (search: string) => (await prompts.list(ada.workspaceId, { first: 50, search })).edges.map(({ node }) => node.name);

  test('is newest first, page by page, searched or not', async () => {
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five']) await prompts.create(ada, textPrompt({ name }));
    for (const search of [undefined, 'summar']) {
      if (search) await database.prisma.prompt.updateMany({ where: { workspaceId: ada.workspaceId }, data: { description: 'A Summary' } });
      const first = await prompts.list(ada.workspaceId, { first: 3, search });
      expect(first.edges.map(({ node }) => node.name)).toEqual(['Five', 'Four', 'Three']);
      expect(first.pageInfo.hasNextPage).toBe(true);
      const second = await prompts.list(ada.workspaceId, { first: 3, search, after: first.pageInfo.endCursor });
      expect(second.edges.map(({ node }) => node.name)).toEqual(['Two', 'One']);
      expect(second.pageInfo.hasNextPage).toBe(false);
    }
  });

  test('is searched in name, path and description, in upper or lower case of any script', async () => {
    await prompts.create(ada, textPrompt({ name: 'Übersicht', path: 'team/overview', description: 'Ελλάδα' }));
    await prompts.create(ada, textPrompt({ name: 'Other' }));
    for (const search of ['über', 'ÜBERS', 'TEAM/over', 'ελλάδα', ' sicht ']) expect(await namesFor(search)).toEqual(['Übersicht']);
    expect(await namesFor('missing')).toEqual([]);
    expect(await namesFor('')).toEqual(['Other', 'Übersicht']);
  });

  test.each(['%', '_', '\\', '*', '?', '[', ']', '^', '-', '.', '$', '(', ')', '{', '}', '|', '+', "'", '"', '[a', 'a]', '[^a]', '\\d'])(
    'takes %s in a search for itself',
    async (text) => {
      await prompts.create(ada, textPrompt({ name: `before${text}after`, path: 'with' }));
      await prompts.create(ada, textPrompt({ name: 'beforeXafter', path: 'without' }));
      expect(await namesFor(`e${text}A`)).toEqual([`before${text}after`]);
    },
  );

  test('a search with NUL is refused', async () => {
    expect((await refusedFields(prompts.list(ada.workspaceId, { first: 5, search: '\0' }))).map(({ field }) => field)).toEqual(['search']);
  });
});
