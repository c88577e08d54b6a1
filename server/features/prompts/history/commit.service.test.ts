import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type CommitPromptVersionInput } from '../../../../schema/prompt-history.js';
import { type CreatePromptInput } from '../../../../schema/prompts.js';
import { ConflictError, ForbiddenError, InvalidInputError, NotFoundError } from '../../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../../testing/authoring-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { hashOfContent } from '../content/content.js';

let kit: AuthoringKit;
let database: AuthoringKit['database'];
let prompts: AuthoringKit['prompts'];
let commits: AuthoringKit['commits'];
let branches: AuthoringKit['branches'];
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ({ database, prompts, commits, branches } = kit);
});

beforeEach(async () => {
  ada = await createIdentity(database);
});

afterAll(() => kit.stop());

const create = async (changes: Partial<CreatePromptInput> = {}) =>
  prompts.create(ada, {
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

const reasonOf = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (reason: unknown) => reason);

const refusedFields = async (work: Promise<unknown>) => {
  const error = await reasonOf(work);
  if (!(error instanceof InvalidInputError)) throw new Error(`Not refused as bad input: ${String(error)}`);
  return error.fields;
};

describe('a commit', () => {
  test('makes a new version whose parent is the head, and leaves the old one as it was', async () => {
    const { id, updatedAt } = await create();
    const first = await headOf(id);
    const second = await commits.commit(ada, commitOf(id, 'Sum up {{ ticket }}', { expectedHeadId: first.id }));
    expect(second).toMatchObject({ version: '1.0.1', message: 'Better', messages: [{ id: first.messages[0]?.id, role: 'USER', content: 'Sum up {{ ticket }}' }] });
    expect(await headOf(id)).toEqual(second);
    expect(await prompts.version(ada.workspaceId, first.id)).toEqual(first);
    expect(await prompts.parentIds(ada.workspaceId, [second.id])).toEqual(new Map([[second.id, [first.id]]]));
    expect((await prompts.get(ada.workspaceId, id)).updatedAt.getTime()).toBeGreaterThanOrEqual(updatedAt.getTime());
  });

  test('numbers the version by what it means for callers', async () => {
    const { id } = await create();
    const optional = { name: 'tone', required: false };
    const versionOf = async (content: string, changes: Partial<CommitPromptVersionInput> = {}) => (await commits.commit(ada, commitOf(id, content, changes))).version;
    expect(await versionOf('Summarise {{ ticket }} now')).toBe('1.0.1');
    expect(await versionOf('Summarise {{ ticket }} now', { settings: { model: 'simulated/echo' } })).toBe('1.0.2');
    expect(await versionOf('Summarise {{ ticket }} {{ tone }}', { variables: [{ name: 'ticket' }, optional] })).toBe('1.1.0');
    expect(await versionOf('Summarise {{ ticket }} {{ tone }}', { variables: [{ name: 'ticket', type: 'JSON' }, optional] })).toBe('1.2.0');
    expect(await versionOf('Summarise {{ ticket }} {{ tone }}', { variables: [{ name: 'ticket' }, optional] })).toBe('2.0.0');
    expect(await versionOf('Summarise {{ ticket }} {{ tone }} {{ language }}')).toBe('3.0.0');
    expect(await versionOf('Summarise {{ issue }}', { variables: [] })).toBe('4.0.0');
    expect(await versionOf('Summarise {{ issue }}', { outputSchema: { type: 'object', properties: {} } })).toBe('5.0.0');
    expect(await versionOf('Summarise {{ issue }}', { outputSchema: { type: 'object', properties: { title: { type: 'string' } } } })).toBe('5.1.0');
    expect(await versionOf('Summarise {{ issue }}', { tools: [{ name: 'search', parameters: { type: 'object' } }] })).toBe('5.1.1');
  });

  test('takes the next number that no branch has taken', async () => {
    const { id } = await create();
    await branches.create(ada, { promptId: id, fromVersionId: (await headOf(id)).id, name: 'draft' });
    const versions = [];
    for (const [branch, content] of [['main', 'a {{ ticket }}'], ['draft', 'b {{ ticket }}'], ['main', 'c {{ ticket }} {{ x }}'], ['draft', 'd {{ ticket }} {{ y }}'], ['draft', 'e {{ ticket }} {{ y }}']] as const) {
      versions.push((await commits.commit(ada, commitOf(id, content, { branch }))).version);
    }
    expect(versions).toEqual(['1.0.1', '1.0.2', '2.0.0', '3.0.0', '3.0.1']);
  });

  test('has its number raised by the author, never lowered', async () => {
    const { id } = await create();
    expect((await commits.commit(ada, commitOf(id, 'a {{ ticket }}', { bump: 'MINOR' }))).version).toBe('1.1.0');
    expect((await commits.commit(ada, commitOf(id, 'b {{ ticket }}', { bump: 'MAJOR' }))).version).toBe('2.0.0');
    expect(await refusedFields(commits.commit(ada, commitOf(id, 'c', { variables: [], bump: 'MINOR' })))).toEqual([
      { field: 'input.bump', message: 'This is a MAJOR change, and callers count on the number saying so. Variable `ticket` was removed. Leave the bump out, or raise it.' },
    ]);
  });

  test('without settings, variables, tools and output schema keeps those of the head; a null output schema takes it away', async () => {
    const tools = [{ name: 'search', description: '', parameters: { type: 'object' } }];
    const { id } = await create({ settings: { model: 'simulated/echo', temperature: 1 }, variables: [{ name: 'ticket', type: 'TEXT' }], tools, outputSchema: { type: 'object' } });
    expect(await commits.commit(ada, commitOf(id, 'New {{ ticket }}'))).toMatchObject({
      settings: { model: 'simulated/echo', temperature: 1 },
      variables: [{ name: 'ticket', type: 'TEXT' }],
      tools,
      outputSchema: { type: 'object' },
    });
    const without = await commits.commit(ada, commitOf(id, 'New {{ ticket }}', { outputSchema: null }));
    expect(without).toMatchObject({ version: '2.0.0' });
    expect(without.outputSchema).toBeUndefined();
  });

  test('that changes nothing is refused kindly, naming the version', async () => {
    const { id } = await create();
    expect(await refusedFields(commits.commit(ada, commitOf(id, 'Summarise {{ ticket }}')))).toEqual([
      { field: 'input.messages', message: 'Nothing differs from version 1.0.0, so there is nothing to commit.' },
    ]);
  });

  test('is refused with every field named at once', async () => {
    const { id } = await create();
    const fields = await refusedFields(commits.commit(ada, commitOf(id, 'Hello {{ name', { message: ' ', moveLabel: '1.2.0', settings: { model: 'nobody/nothing' } })));
    expect(fields.map(({ field }) => field).sort()).toEqual(['input.message', 'input.messages.0.content', 'input.moveLabel', 'input.settings.model']);
  });

  test('that began from another head is a conflict that tells both sides', async () => {
    const { id } = await create();
    const first = await headOf(id);
    const second = await commits.commit(ada, commitOf(id, 'One {{ ticket }}', { message: 'Mine' }));
    const late = await reasonOf(commits.commit(ada, commitOf(id, 'Two {{ ticket }}', { expectedHeadId: first.id })));
    expect(late).toBeInstanceOf(ConflictError);
    expect(late).toMatchObject({
      message: 'Version 1.0.1 has been committed to main since you began. Look at what changed, then merge what you have with it.',
      conflict: { branch: 'main', baseVersionId: first.id, headVersionId: second.id, headVersion: '1.0.1', author: 'Ada', message: 'Mine' },
    });
    expect((await headOf(id)).version).toBe('1.0.1');
  });

  test('of two at once on one branch exactly one wins, and the other is told of it', async () => {
    for (let round = 0; round < 5; round++) {
      const { id } = await create({ name: `Prompt ${round}` });
      const { id: expectedHeadId } = await headOf(id);
      const both = await Promise.allSettled(['One', 'Two {{ more }}'].map((content) => commits.commit(ada, commitOf(id, `${content} {{ ticket }}`, { expectedHeadId }))));
      const [won] = both.filter((commit) => commit.status === 'fulfilled');
      const [lost] = both.filter((commit) => commit.status === 'rejected');
      expect(lost?.reason).toBeInstanceOf(ConflictError);
      expect(lost?.reason).toMatchObject({ conflict: { baseVersionId: expectedHeadId, headVersionId: won?.value.id } });
      expect(await database.prisma.promptVersion.count({ where: { promptId: id } })).toBe(2);
    }
  });

  test('of many at once wins or is a conflict, whatever number it would get, and none is lost', async () => {
    const { id } = await create();
    const contents = Array.from({ length: 8 }, (_, index) => (index % 2 ? `${index} {{ ticket }}` : `${index} {{ ticket }} {{ v${index} }}`));
    const made = await Promise.allSettled(contents.map((content) => commits.commit(ada, commitOf(id, content))));
    const won = made.filter((commit) => commit.status === 'fulfilled');
    for (const commit of made) if (commit.status === 'rejected') expect(commit.reason).toBeInstanceOf(ConflictError);
    expect(won.length).toBeGreaterThanOrEqual(1);
    // The line of the head holds every version that was made.
    expect(await database.prisma.promptVersion.count({ where: { promptId: id } })).toBe(won.length + 1);
    expect((await branches.versions(ada.workspaceId, id, 'main', { first: 20 })).edges).toHaveLength(won.length + 1);
  });

  test('of many at once on as many branches all win, each with a number of its own', async () => {
    const { id } = await create();
    const { id: fromVersionId } = await headOf(id);
    const names = Array.from({ length: 6 }, (_, index) => `branch-${index}`);
    for (const name of names) await branches.create(ada, { promptId: id, fromVersionId, name });
    const made = await Promise.all(names.map((branch) => commits.commit(ada, commitOf(id, `${branch} {{ ticket }}`, { branch }))));
    expect(made.map(({ version }) => version).sort()).toEqual(['1.0.1', '1.0.2', '1.0.3', '1.0.4', '1.0.5', '1.0.6']);
  });

  test('moves a label in the same stroke and announces it, unless it is protected', async () => {
    const { id } = await create();
    const heard: unknown[] = [];
    const stop = kit.bus.subscribe('prompt.label.moved', (event) => heard.push(event));
    const version = await commits.commit(ada, commitOf(id, 'New {{ ticket }}', { moveLabel: 'production' }));
    stop();
    expect((await kit.labels.byPrompt(ada.workspaceId, [id])).get(id)).toMatchObject([{ name: 'production', versionId: version.id }]);
    expect(heard).toEqual([{ workspaceId: ada.workspaceId, promptId: id, moveId: expect.any(String) }]);

    await kit.labels.protect(ada, 'production');
    const editor: Identity = { ...ada, role: 'EDITOR' };
    await expect(commits.commit(editor, commitOf(id, 'Newer {{ ticket }}', { moveLabel: 'production' }))).rejects.toThrow(ForbiddenError);
    expect(await headOf(id)).toEqual(version);
  });

  test('ends the draft that its author has of the branch, and nobody else’s', async () => {
    const { id } = await create();
    const bob: Identity = { ...(await createIdentity(database, 'Bob')), workspaceId: ada.workspaceId };
    const draft = { promptId: id, content: { messages: [{ role: 'USER' as const, content: 'New {{ ticket }}' }] }, description: '', name: '', path: '' };
    await branches.create(ada, { promptId: id, fromVersionId: (await headOf(id)).id, name: 'other' });
    for (const [person, branch] of [[ada, 'main'], [ada, 'other'], [bob, 'main']] as const) await kit.drafts.save(person, { ...draft, branch });
    await commits.commit(ada, commitOf(id, 'New {{ ticket }}'));
    const places = [{ promptId: id, branch: 'main' }, { promptId: id, branch: 'other' }];
    const branchesWithDraft = async (person: Identity) => [...(await kit.drafts.at(person, places)).keys()].map(({ branch }) => branch);
    expect(await branchesWithDraft(ada)).toEqual(['other']);
    expect(await branchesWithDraft(bob)).toEqual(['main']);
  });

  test('leaves the draft of its author that holds something else, which is in no version yet', async () => {
    const { id } = await create();
    await kit.drafts.save(ada, { promptId: id, branch: 'main', content: { messages: [{ role: 'USER', content: 'Still at it: {{ ticket }}' }] }, description: '', name: '', path: '' });
    await commits.commit(ada, commitOf(id, 'New {{ ticket }}'));
    expect([...(await kit.drafts.at(ada, [{ promptId: id, branch: 'main' }])).values()]).toMatchObject([{ content: { messages: [{ content: 'Still at it: {{ ticket }}' }] } }]);
  });

  test('leaves the draft of whoever’s API key it was made with', async () => {
    const { id } = await create();
    await kit.drafts.save(ada, { promptId: id, branch: 'main', content: { messages: [{ role: 'USER', content: 'x' }] }, description: '', name: '', path: '' });
    const { userId, workspaceId } = ada;
    await commits.commit({ userId, workspaceId, role: 'EDITOR', via: 'apiKey', apiKeyId: 'x' }, commitOf(id, 'New {{ ticket }}'));
    expect((await kit.drafts.at(ada, [{ promptId: id, branch: 'main' }])).size).toBe(1);
  });

  test('has the runs of the same content that were made before it was a version', async () => {
    const [{ id }, { id: otherId }] = [await create(), await create({ name: 'Other' })];
    const head = await headOf(id);
    const content = { ...head, messages: [{ id: 'x', role: 'USER' as const, content: 'Sum up {{ ticket }}' }] };
    const run = { workspaceId: ada.workspaceId, runById: ada.userId, model: 'simulated/extract', simulated: true, status: 'COMPLETED', values: '{}', messages: '[]' };
    const runOf = async (promptId: string, contentHash: string) => (await database.prisma.promptRun.create({ data: { ...run, promptId, contentHash } })).id;
    const tried = await runOf(id, hashOfContent(content));
    const others = [await runOf(id, 'another'), await runOf(otherId, hashOfContent(content))];
    const version = await commits.commit(ada, commitOf(id, 'Sum up {{ ticket }}'));
    const runs = await database.prisma.promptRun.findMany({ where: { id: { in: [tried, ...others] } }, orderBy: { id: 'asc' } });
    expect(runs.map(({ versionId }) => versionId)).toEqual([version.id, null, null]);
  });

  test('keeps what it refers to', async () => {
    await create({ name: 'Tone', messages: [{ role: 'USER', content: 'Be kind' }] });
    const { id } = await create();
    const version = await commits.commit(ada, commitOf(id, '{% prompt "tone", branch: "main" %} {{ ticket }}'));
    expect((await prompts.referencesOf(ada.workspaceId, [version.id])).get(version.id)).toEqual([{ path: 'tone', branch: 'main' }]);
  });

  test('to a branch that does not exist, or a prompt of another workspace, finds nothing', async () => {
    const { id } = await create();
    const bob = await createIdentity(database, 'Bob');
    await expect(commits.commit(ada, commitOf(id, 'x', { branch: 'draft' }))).rejects.toThrow(NotFoundError);
    await expect(commits.commit(ada, commitOf(id, 'x', { branch: 'a\0' }))).rejects.toThrow(NotFoundError);
    await expect(commits.commit(bob, commitOf(id, 'x'))).rejects.toThrow(NotFoundError);
    await expect(commits.commit(ada, commitOf('no id', 'x'))).rejects.toThrow(NotFoundError);
  });
});

describe('restoring a version', () => {
  const restore = (versionId: string, changes = {}) => commits.restore(ada, { versionId, branch: 'main', ...changes });

  test('makes a new one on top with the old content, numbered like every change', async () => {
    const { id } = await create();
    const first = await headOf(id);
    const second = await commits.commit(ada, commitOf(id, 'Summarise {{ issue }}', { variables: [] }));
    const third = await restore(first.id, { expectedHeadId: second.id });
    expect(third).toMatchObject({ version: '3.0.0', message: 'Restore version 1.0.0', messages: first.messages, variables: first.variables });
    expect(hashOfContent(third)).toBe(hashOfContent(first));
    expect(await prompts.parentIds(ada.workspaceId, [third.id])).toEqual(new Map([[third.id, [second.id]]]));
  });

  test('leaves the author’s draft alone', async () => {
    const { id } = await create();
    const first = await headOf(id);
    await commits.commit(ada, commitOf(id, 'New {{ ticket }}'));
    await kit.drafts.save(ada, { promptId: id, branch: 'main', content: { messages: [] }, description: '', name: '', path: '' });
    await restore(first.id);
    expect((await kit.drafts.at(ada, [{ promptId: id, branch: 'main' }])).size).toBe(1);
  });

  test('is refused where nothing would differ, the head is another by now, or the version is nowhere', async () => {
    const { id } = await create();
    const first = await headOf(id);
    expect(await refusedFields(restore(first.id))).toEqual([
      { field: 'input.versionId', message: 'Nothing differs between version 1.0.0 and 1.0.0, the newest on main, so there is nothing to restore.' },
    ]);
    await commits.commit(ada, commitOf(id, 'New {{ ticket }}'));
    await expect(restore(first.id, { expectedHeadId: first.id })).rejects.toThrow(ConflictError);
    await expect(restore('nowhere')).rejects.toThrow(NotFoundError);
    await expect(commits.restore(await createIdentity(database, 'Bob'), { versionId: first.id, branch: 'main' })).rejects.toThrow(NotFoundError);
  });
});
