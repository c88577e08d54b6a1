import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type SavePromptDraftInput } from '../../../../schema/prompt-drafts.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';

let kit: AuthoringKit;
let ada: Identity;
let promptId: string;
let versionId: string;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
  ({ promptId, versionId } = await writePrompt());
});

afterAll(() => kit.stop());

const settings = { model: 'simulated/echo', temperature: 0.5 };

async function writePrompt(): Promise<{ promptId: string; versionId: string }> {
  const { workspaceId, userId } = ada;
  const content = JSON.stringify({ kind: 'CHAT', messages: [{ id: 'hello', role: 'USER', content: 'Hello' }], variables: [], settings, tools: [] });
  const about = { path: `p-${randomUUID()}`, name: 'Greeting', description: 'Says hello' };
  const { id } = await kit.database.prisma.prompt.create({ data: { ...about, workspaceId, kind: 'CHAT', updatedAt: new Date() } });
  const version = { workspaceId, promptId: id, major: 1, minor: 0, patch: 0, message: 'x', authorId: userId, content, contentHash: 'x' };
  const { id: headVersionId } = await kit.database.prisma.promptVersion.create({ data: version });
  for (const name of ['main', 'side']) await kit.database.prisma.promptBranch.create({ data: { workspaceId, promptId: id, name, headVersionId } });
  return { promptId: id, versionId: headVersionId };
}

const says = (content: string): SavePromptDraftInput['content'] => ({ messages: [{ role: 'USER', content }], variables: [], tools: [] });

const written = (text: string, more: Partial<SavePromptDraftInput> = {}): SavePromptDraftInput => ({
  promptId,
  branch: 'main',
  baseVersionId: versionId,
  content: says(text),
  name: '',
  path: '',
  description: '',
  ...more,
});

const save = (text: string, more: Partial<SavePromptDraftInput> = {}, identity = ada) => kit.drafts.save(identity, written(text, more));
const load = async (branch = 'main', identity = ada) => [...(await kit.drafts.at(identity, [{ promptId, branch }])).values()][0];
const textOf = async (branch = 'main', identity = ada) => (await load(branch, identity))?.content.messages[0]?.content;

async function refusal<Refusal extends Error>(work: Promise<unknown>, type: new (...args: never[]) => Refusal): Promise<Refusal> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof type)) throw new Error(`Not refused with ${type.name}: ${String(error)}`);
  return error;
}

describe('a draft', () => {
  test('is kept on its branch with a rising revision until it is discarded', async () => {
    expect(await load()).toBeUndefined();
    const first = await save('One');
    expect(first).toMatchObject({ branch: 'main', baseVersionId: versionId, revision: 1, updatedAt: expect.any(Date), kind: 'CHAT', name: 'Greeting', description: 'Says hello' });
    expect(await save('Two', { expectedRevision: 1 })).toMatchObject({ revision: 2 });
    await save('Aside', { branch: 'side' });
    expect(await Promise.all([textOf(), textOf('side')])).toEqual(['Two', 'Aside']);
    await kit.drafts.discard(ada, { promptId, branch: 'main' });
    expect(await Promise.all([textOf(), textOf('side')])).toEqual([undefined, 'Aside']);
    await kit.drafts.discard(ada, { promptId, branch: 'main' });
  });

  test('holds everything that was written, however unfinished', async () => {
    const content = {
      messages: [{ id: 'hello', role: 'SYSTEM' as const, content: '{{ unclosed' }, { role: 'PLACEHOLDER' as const, content: '' }, { role: 'USER' as const, content: '' }],
      variables: [{ name: '', type: 'NUMBER' as const, description: 'Half', required: false, minimum: 9, maximum: 1, defaultValue: 'no number', sample: { a: [null] } }],
      settings: { model: 'no/model', temperature: 99, stopSequences: [''] },
      tools: [{ name: '', description: '', parameters: 'not yet' }],
      outputSchema: [1],
    };
    await save('', { content });
    const draft = await load();
    expect(draft?.content).toMatchObject(content);
    expect(new Set(draft?.content.messages.map(({ id }) => id)).size).toBe(3);
  });

  test('knows the messages of the version that it began from, and has settings like it where it gives none', async () => {
    const draft = await save('Hello', { content: { ...says('Hello'), messages: [{ role: 'SYSTEM', content: 'New' }, { role: 'USER', content: 'Hello' }] } });
    expect(draft.content.messages[1]?.id).toBe('hello');
    expect(draft.content.messages[0]?.id).not.toBe('hello');
    expect(draft.content.settings).toMatchObject(settings);
    const twice = { messages: [{ id: 'hello', role: 'USER' as const, content: 'a' }, { id: 'hello', role: 'USER' as const, content: 'b' }] };
    const ids = (await save('', { content: { ...says(''), ...twice } })).content.messages.map(({ id }) => id);
    expect(ids).toEqual(['hello', expect.not.stringMatching(/^hello$/)]);
  });

  test('of a prompt that does not exist yet has its name, path, description and kind', async () => {
    expect(await kit.drafts.ofNewPrompt(ada)).toBeNull();
    const about = { name: 'New one', path: 'Not a path', description: 'Soon', kind: 'CHAT' } as const;
    await save('Hi', { ...about, promptId: null, baseVersionId: null });
    expect(await kit.drafts.ofNewPrompt(ada)).toMatchObject({ ...about, branch: 'main', baseVersionId: undefined, revision: 1, content: { settings: { model: 'simulated/extract' } } });
    expect(await load()).toBeUndefined();
    await kit.drafts.discard(ada, { branch: 'main' });
    expect(await kit.drafts.ofNewPrompt(ada)).toBeNull();
  });

  test('stays with its branch when that is renamed', async () => {
    await save('Aside', { branch: 'side' });
    await kit.database.prisma.promptBranch.updateMany({ where: { promptId, name: 'side' }, data: { name: 'renamed' } });
    expect(await load('renamed')).toMatchObject({ branch: 'renamed', content: { messages: [{ content: 'Aside' }] } });
    expect(await load('side')).toBeUndefined();
  });

  test('goes with its prompt', async () => {
    await save('One');
    await kit.database.prisma.prompt.delete({ where: { id: promptId } });
    expect(await kit.database.prisma.promptDraft.count({ where: { workspaceId: ada.workspaceId } })).toBe(0);
  });

  test('loads whatever is stored in it', async () => {
    await save('One');
    const stored = ['{}', '[]', 'null', '{"kind":"POEM","content":{"messages":[1,{"role":"GOD"}],"variables":"x","settings":{"temperature":"hot"},"tools":[{}],"later":true}}'];
    for (const body of stored) {
      await kit.database.prisma.promptDraft.updateMany({ where: { workspaceId: ada.workspaceId }, data: { body } });
      expect(await load()).toMatchObject({ kind: 'CHAT', content: { settings: { model: '' } } });
    }
    expect((await load())?.content).toMatchObject({ messages: [{ role: 'USER', content: '' }], variables: [], tools: [{ name: '', parameters: {} }] });
  });

  test('is refused only for what can not be stored: too much, or no text', async () => {
    const { fields } = await refusal(save('x'.repeat(1_000_001)), InvalidInputError);
    expect(fields).toEqual([{ field: 'input', message: 'Keep this to 1000000 characters of JSON.' }]);
    await refusal(save('a\0b'), InvalidInputError);
    await refusal(save('', { content: { ...says(''), outputSchema: { a: '\ud800' } } }), InvalidInputError);
    await refusal(save('x', { expectedRevision: -1 }), InvalidInputError);
    await save('x'.repeat(900_000));
  });
});

describe('drafts are private', () => {
  test('another member of the workspace does not see them, and has their own', async () => {
    const bea = { ...(await createIdentity(kit.database, 'Bea')), workspaceId: ada.workspaceId };
    await save("Ada's");
    await save("Ada's new", { promptId: null, baseVersionId: null });
    expect(await load('main', bea)).toBeUndefined();
    expect(await kit.drafts.ofNewPrompt(bea)).toBeNull();
    expect(await save("Bea's", {}, bea)).toMatchObject({ revision: 1 });
    await kit.drafts.discard(bea, { promptId, branch: 'main' });
    expect(await textOf()).toBe("Ada's");
  });

  test("another workspace's prompts and versions are not found, nor branches that are not there", async () => {
    const eve = await createIdentity(kit.database, 'Eve');
    await refusal(save('x', {}, eve), NotFoundError);
    await refusal(save('x', { promptId: null }, eve), NotFoundError);
    await refusal(save('x', { branch: 'none' }), NotFoundError);
    await refusal(save('x', { promptId: 'none' }), NotFoundError);
    await refusal(save('x', { baseVersionId: (await writePrompt()).versionId }), NotFoundError);
    await refusal(kit.drafts.discard(eve, { promptId, branch: 'main' }), NotFoundError);
    expect(await load('main', eve)).toBeUndefined();
  });
});

describe('two devices', () => {
  test('that begin from the same revision: the second is told what there is, and nothing is lost', async () => {
    await save('One');
    const { updatedAt } = await save('From the train', { expectedRevision: 1 });
    const error = await refusal(save('From the office', { expectedRevision: 1 }), ConflictError);
    expect(error.message).toMatch(/^This draft was saved elsewhere since you began to edit\./);
    expect(error.conflict).toEqual({ revision: 2, updatedAt: updatedAt.toISOString() });
    expect(await textOf()).toBe('From the train');
    expect((await refusal(save('A third', { expectedRevision: 0 }), ConflictError)).conflict).toMatchObject({ revision: 2 });
    await save('Over it', { expectedRevision: 2 });
    expect(await textOf()).toBe('Over it');
  });

  test('of which one discards: the other is told, and a later draft has no revision that it knows', async () => {
    await save('One');
    await kit.drafts.discard(ada, { promptId, branch: 'main' });
    const gone = await refusal(save('Late', { expectedRevision: 1 }), ConflictError);
    expect(gone.conflict).toEqual({ revision: 0, updatedAt: null });
    const { revision } = await save('Anew', { expectedRevision: 0 });
    expect(revision).toBeGreaterThan(1);
    await refusal(save('Late', { expectedRevision: 1 }), ConflictError);
    expect(await textOf()).toBe('Anew');
  });

  test('a save that is repeated because its answer was lost is no conflict', async () => {
    const content = { ...says('One'), messages: [{ id: 'hello', role: 'USER' as const, content: 'One' }] };
    const first = await save('', { content, expectedRevision: 0 });
    expect(await save('', { content, expectedRevision: 0 })).toEqual(first);
  });

  test('that save at once: with the same expectation one is kept, without any the last one', async () => {
    const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd'].map((text) => save(text, { expectedRevision: 0 })));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all(['e', 'f', 'g', 'h'].map((text) => save(text)));
    expect(await load()).toMatchObject({ revision: 5 });
  });
});

test('the drafts of many prompts take the same few queries', async () => {
  const prompts = await Promise.all(Array.from({ length: 20 }, () => writePrompt()));
  await Promise.all(prompts.map((each) => save('x', { promptId: each.promptId, baseVersionId: each.versionId })));
  const before = kit.queryCount();
  const found = await kit.drafts.at(ada, prompts.map((each) => ({ promptId: each.promptId, branch: 'main' })));
  expect(found.size).toBe(20);
  expect(kit.queryCount() - before).toBe(3);
});
