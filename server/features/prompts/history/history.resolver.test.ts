import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;
let promptId: string;
/** Of version 1.0.0. */
let first: string;

const text = 'Summarise {{ ticket }} in one line.\nBe kind.';
const ids = z.object({ id: z.string() });
const versioned = z.object({ id: z.string(), version: z.string() });

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

beforeEach(async () => {
  ada = await signUpUser(server);
  const { createPrompt } = await ada.ask(
    'mutation ($text: String!) { createPrompt(input: { name: "Summarise", kind: CHAT, messages: [{ role: SYSTEM, content: "You help." }, { role: USER, content: $text }] }) { id head { id } } }',
    { text },
  );
  const made = z.object({ id: z.string(), head: ids }).parse(createPrompt);
  [promptId, first] = [made.id, made.head.id];
});

const messages = (...contents: string[]) => contents.map((content, index) => ({ role: index === 0 ? 'SYSTEM' : 'USER', content }));

async function commit(branch: string, contents: string[], input: Record<string, unknown> = {}) {
  const { commitPromptVersion } = await ada.ask('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id version } }', {
    input: { promptId, branch, message: 'Change', messages: messages(...contents), ...input },
  });
  return versioned.parse(commitPromptVersion);
}

async function branchOff(name: string, fromVersionId = first) {
  const { createPromptBranch } = await ada.ask('mutation ($input: CreatePromptBranchInput!) { createPromptBranch(input: $input) { id } }', { input: { promptId, fromVersionId, name } });
  return ids.parse(createPromptBranch).id;
}

/** The first error that the API answers with. */
async function errorOf(query: string, variables: Record<string, unknown>, user = ada) {
  const { errors } = await user.client.query(query, variables, { token: user.token });
  return errors?.[0];
}

const merge = 'mutation ($input: MergePromptBranchInput!) { mergePromptBranch(input: $input) { id version message parentIds branch messages { content } headOf { name } } }';
const previewMerge = `query ($input: PreviewPromptMergeInput!) { previewPromptMerge(input: $input) {
  base { version } ours { version } theirs { version } version raised { bump version } unresolved
  conflicts { id kind target base ours theirs leading trailing }
  content { messages { id content } variables { name type } }
  diff { identical bump messages { change } } } }`;

describe('branches', () => {
  const branchesOf = async (args = '') => (await ada.ask(`query ($id: ID!) { prompt(id: $id) { branches${args} { name ahead behind archivedAt head { version } } } }`, { id: promptId })).prompt;

  test('begin at any version, and say how far they are ahead of main and behind it', async () => {
    await branchOff('draft');
    await commit('main', ['You help.', 'Main {{ ticket }}']);
    await commit('draft', ['You help.', 'One {{ ticket }}']);
    await commit('draft', ['You help.', 'Two {{ ticket }}']);
    expect(await branchesOf()).toEqual({
      branches: [
        { name: 'main', ahead: 0, behind: 0, archivedAt: null, head: { version: '1.0.1' } },
        { name: 'draft', ahead: 2, behind: 1, archivedAt: null, head: { version: '1.0.3' } },
      ],
    });
    const { prompt } = await ada.ask('query ($id: ID!) { prompt(id: $id) { branch(name: "draft") { head { version branch headOf { name } } } head { headOf { name } branch } } }', { id: promptId });
    expect(prompt).toEqual({ branch: { head: { version: '1.0.3', branch: 'draft', headOf: [{ name: 'draft' }] } }, head: { headOf: [{ name: 'main' }], branch: 'main' } });
  });

  test('list their own line of versions, newest first and page by page', async () => {
    await branchOff('draft');
    await commit('main', ['You help.', 'Main {{ ticket }}']);
    await commit('draft', ['You help.', 'One {{ ticket }}']);
    await commit('draft', ['You help.', 'Two {{ ticket }}']);
    const page = async (args: string) =>
      z
        .object({ versions: z.object({ edges: z.array(z.object({ node: z.object({ version: z.string() }) })), pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }) }) })
        .parse((await ada.ask(`query ($id: ID!) { prompt(id: $id) { versions(${args}) { edges { node { version } } pageInfo { hasNextPage endCursor } } } }`, { id: promptId })).prompt).versions;
    const versionsOf = ({ edges }: Awaited<ReturnType<typeof page>>) => edges.map(({ node }) => node.version);
    const newest = await page('branch: "draft", first: 2');
    expect(versionsOf(newest)).toEqual(['1.0.3', '1.0.2']);
    expect(newest.pageInfo.hasNextPage).toBe(true);
    expect(versionsOf(await page(`branch: "draft", first: 2, after: "${newest.pageInfo.endCursor}"`))).toEqual(['1.0.0']);
    expect(versionsOf(await page('branch: "main"'))).toEqual(['1.0.1', '1.0.0']);
    expect(versionsOf(await page('first: 10'))).toEqual(['1.0.3', '1.0.2', '1.0.1', '1.0.0']);
    expect((await errorOf('query ($id: ID!) { prompt(id: $id) { versions(branch: "none") { edges { cursor } } } }', { id: promptId }))?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('need a name of their own that is one', async () => {
    await branchOff('draft');
    const create = 'mutation ($input: CreatePromptBranchInput!) { createPromptBranch(input: $input) { id } }';
    for (const [name, message] of [
      ['draft', 'This prompt has a branch named draft already. Choose another name.'],
      ['main', 'This prompt has a branch named main already. Choose another name.'],
      ['Über', 'Use lower-case letters, digits and . _ / -, a letter or digit first, at most 50 characters.'],
      ['1.0.0', 'This looks like a version number. Choose a word, such as shorter.'],
      ['v2', 'This looks like a version number. Choose a word, such as shorter.'],
      ['team/', 'Don’t end it with /, and leave out .. and //.'],
      ['a..b', 'Don’t end it with /, and leave out .. and //.'],
      ['a//b', 'Don’t end it with /, and leave out .. and //.'],
    ]) {
      expect((await errorOf(create, { input: { promptId, fromVersionId: first, name } }))?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'input.name', message }] });
    }
    const other = await ada.ask('mutation { createPrompt(input: { name: "Other", kind: TEXT, messages: [{ role: USER, content: "x" }] }) { head { id } } }');
    const fromVersionId = z.object({ head: ids }).parse(other.createPrompt).head.id;
    expect((await errorOf(create, { input: { promptId, fromVersionId, name: 'x' } }))?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('are renamed with what was committed on them and with their drafts', async () => {
    const id = await branchOff('draft');
    await commit('draft', ['You help.', 'One {{ ticket }}']);
    await ada.ask('mutation ($input: SavePromptDraftInput!) { savePromptDraft(input: $input) { revision } }', { input: { promptId, branch: 'draft', content: { messages: messages('Unfinished') } } });
    const rename = 'mutation ($input: RenamePromptBranchInput!) { renamePromptBranch(input: $input) { id name } }';
    expect(await ada.ask(rename, { input: { id, name: 'next' } })).toEqual({ renamePromptBranch: { id, name: 'next' } });
    expect((await ada.ask('query ($id: ID!) { prompt(id: $id) { branch(name: "next") { head { branch } } draft(branch: "next") { content { messages { content } } } } }', { id: promptId })).prompt).toEqual({
      branch: { head: { branch: 'next' } },
      draft: { content: { messages: [{ content: 'Unfinished' }] } },
    });
    await branchOff('taken');
    expect((await errorOf(rename, { input: { id, name: 'taken' } }))?.extensions).toMatchObject({ fields: [{ field: 'input.name' }] });
    const main = await ada.ask('query ($id: ID!) { prompt(id: $id) { branch { id } } }', { id: promptId });
    const mainId = z.object({ branch: ids }).parse(main.prompt).branch.id;
    expect((await errorOf(rename, { input: { id: mainId, name: 'trunk' } }))?.extensions).toMatchObject({ fields: [{ field: 'input.id', message: 'main can’t be renamed: every prompt has it, and callers count on it.' }] });
    expect((await errorOf('mutation ($id: ID!) { archivePromptBranch(id: $id) { id } }', { id: mainId }))?.extensions).toMatchObject({ fields: [{ field: 'id' }] });
  });

  test('take no commits while they are archived', async () => {
    const id = await branchOff('draft');
    await ada.ask('mutation ($id: ID!) { archivePromptBranch(id: $id) { id } }', { id });
    expect(await branchesOf()).toEqual({ branches: [expect.objectContaining({ name: 'main' })] });
    expect(await branchesOf('(archived: true)')).toEqual({ branches: [expect.objectContaining({ name: 'main' }), expect.objectContaining({ name: 'draft', archivedAt: expect.any(String) })] });
    const refusal = await errorOf('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }', { input: { promptId, branch: 'draft', message: 'x', messages: messages('x') } });
    expect(refusal?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'input.branch', message: 'The branch draft is archived. Unarchive it first, or take another branch.' }] });
    expect((await errorOf('mutation ($input: CreatePromptBranchInput!) { createPromptBranch(input: $input) { id } }', { input: { promptId, fromVersionId: first, name: 'draft' } }))?.message).toContain('It is archived: unarchive it, or choose another name.');
    expect(await ada.ask('mutation ($id: ID!) { unarchivePromptBranch(id: $id) { archivedAt } }', { id })).toEqual({ unarchivePromptBranch: { archivedAt: null } });
    await commit('draft', ['You help.', 'Back {{ ticket }}']);
  });
});

describe('comparing', () => {
  test('shows any two versions of a prompt line by line, word by word', async () => {
    const second = await commit('main', ['You help.', 'Summarise {{ ticket }} in two lines.\nBe kind.']);
    const query = `query ($fromId: ID!, $toId: ID!) { comparePromptVersions(fromId: $fromId, toId: $toId) {
      identical bump contract { message } variables { name } tools { name } settings { field } outputSchema { field }
      messages { change placeBefore placeAfter roleBefore lines { change lineBefore lineAfter before { text changed } after { text changed } } } } }`;
    expect(await ada.ask(query, { fromId: first, toId: second.id })).toEqual({
      comparePromptVersions: {
        identical: false, bump: 'PATCH', contract: [], variables: [], tools: [], settings: [], outputSchema: [],
        messages: [
          expect.objectContaining({ change: 'UNCHANGED' }),
          {
            change: 'CHANGED', placeBefore: 2, placeAfter: 2, roleBefore: 'USER',
            lines: [
              {
                change: 'CHANGED', lineBefore: 1, lineAfter: 1,
                before: [{ text: 'Summarise {{ ticket }} in ', changed: false }, { text: 'one line', changed: true }, { text: '.', changed: false }],
                after: [{ text: 'Summarise {{ ticket }} in ', changed: false }, { text: 'two lines', changed: true }, { text: '.', changed: false }],
              },
              { change: 'UNCHANGED', lineBefore: 2, lineAfter: 2, before: [{ text: 'Be kind.', changed: false }], after: [{ text: 'Be kind.', changed: false }] },
            ],
          },
        ],
      },
    });
    expect(await ada.ask(query, { fromId: first, toId: first })).toMatchObject({ comparePromptVersions: { identical: true } });
    const other = await ada.ask('mutation { createPrompt(input: { name: "Other", kind: TEXT, messages: [{ role: USER, content: "x" }] }) { head { id } } }');
    const toId = z.object({ head: ids }).parse(other.createPrompt).head.id;
    expect((await errorOf(query, { fromId: first, toId }))?.extensions).toMatchObject({ fields: [{ field: 'toId', message: 'This is a version of another prompt. Choose two of one prompt.' }] });
  });

  test('shows what a commit would come to, without making it', async () => {
    const query = `query ($input: PreviewPromptCommitInput!) { previewPromptCommit(input: $input) { changed bump version raised { bump version } head { version } contract { bump message } diff { identical messages { change } } } }`;
    const preview = async (content: object) => (await ada.ask(query, { input: { promptId, content } })).previewPromptCommit;
    expect(await preview({ messages: messages('You help.', text), variables: [{ name: 'ticket' }] })).toEqual({
      changed: false, bump: 'PATCH', version: '1.0.1', raised: [{ bump: 'MINOR', version: '1.1.0' }, { bump: 'MAJOR', version: '2.0.0' }], head: { version: '1.0.0' }, contract: [], diff: { identical: true, messages: [{ change: 'UNCHANGED' }, { change: 'UNCHANGED' }] },
    });
    expect(await preview({ messages: messages('You help.', 'Sum up {{ issue }}') })).toMatchObject({
      changed: true, bump: 'MAJOR', version: '2.0.0', raised: [], contract: [{ bump: 'MAJOR', message: 'Variable `ticket` was removed.' }, { bump: 'MAJOR', message: 'Variable `issue` is new and must be given.' }],
    });
    expect((await errorOf(query, { input: { promptId, content: { messages: messages('{{ open') } } }))?.extensions).toMatchObject({ fields: [{ field: 'input.content.messages.0.content' }] });
    expect((await ada.ask('query ($id: ID!) { prompt(id: $id) { head { version } } }', { id: promptId })).prompt).toEqual({ head: { version: '1.0.0' } });
  });
});

describe('merging', () => {
  test('takes what each side changed, into a version with two parents', async () => {
    await branchOff('draft');
    const ours = await commit('main', ['You help.', 'Please summarise {{ ticket }} in one line.\nBe kind.']);
    const theirs = await commit('draft', ['You always help.', 'Summarise {{ ticket }} in one line.\nBe kind to {{ reader }}.']);
    const preview = z.object({ content: z.object({ messages: z.array(z.object({ content: z.string() })) }) }).loose();
    const { previewPromptMerge } = await ada.ask(previewMerge, { input: { promptId, source: 'draft' } });
    expect(previewPromptMerge).toMatchObject({
      base: { version: '1.0.0' }, ours: { version: '1.0.1' }, theirs: { version: '2.0.0' }, version: '3.0.0', unresolved: [], conflicts: [],
      content: { variables: [{ name: 'ticket' }, { name: 'reader' }] }, diff: { identical: false, bump: 'MAJOR', messages: [{ change: 'CHANGED' }, { change: 'CHANGED' }] },
    });
    const expected = ['You always help.', 'Please summarise {{ ticket }} in one line.\nBe kind to {{ reader }}.'];
    expect(preview.parse(previewPromptMerge).content.messages.map(({ content }) => content)).toEqual(expected);
    expect(await ada.ask(merge, { input: { promptId, source: 'draft', expectedTargetHeadId: ours.id, expectedSourceHeadId: theirs.id } })).toEqual({
      mergePromptBranch: {
        id: expect.any(String), version: '3.0.0', message: 'Merge draft into main', parentIds: [ours.id, theirs.id], branch: 'main', headOf: [{ name: 'main' }],
        messages: expected.map((content) => ({ content })),
      },
    });
    const { prompt } = await ada.ask('query ($id: ID!) { prompt(id: $id) { branch(name: "draft") { ahead behind } } }', { id: promptId });
    expect(prompt).toEqual({ branch: { ahead: 0, behind: 2 } });
  });

  test('makes a version even where the target could take over the source’s, and is refused where nothing is to merge', async () => {
    await branchOff('draft');
    const nothing = { fields: [{ field: 'input.source', message: 'Everything of draft is in main already, so there is nothing to merge.' }] };
    expect((await errorOf(merge, { input: { promptId, source: 'draft' } }))?.extensions).toMatchObject(nothing);
    const { id } = await commit('draft', ['You help.', 'One {{ ticket }}']);
    expect(await ada.ask(previewMerge, { input: { promptId, source: 'draft' } })).toMatchObject({
      previewPromptMerge: { version: '1.0.2', raised: [{ bump: 'MINOR', version: '1.1.0' }, { bump: 'MAJOR', version: '2.0.0' }] },
    });
    expect(await ada.ask(merge, { input: { promptId, source: 'draft', message: 'Take it', bump: 'MINOR' } })).toMatchObject({ mergePromptBranch: { version: '1.1.0', message: 'Take it', parentIds: [first, id] } });
    expect((await errorOf(merge, { input: { promptId, source: 'draft' } }))?.extensions).toMatchObject(nothing);
    expect((await errorOf(merge, { input: { promptId, source: 'main' } }))?.extensions).toMatchObject({ fields: [{ field: 'input.source' }] });
    expect((await errorOf(merge, { input: { promptId, source: 'none' } }))?.extensions).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('back and forth comes to an end: branches that hold the same become even without another version', async () => {
    await branchOff('draft');
    await commit('draft', ['You help.', 'One {{ ticket }}']);
    await commit('main', ['You always help.', text]);
    const mergeInto = async (target: string, source: string) => {
      const { mergePromptBranch } = await ada.ask(merge, { input: { promptId, source, target } });
      return versioned.parse(mergePromptBranch).version;
    };
    expect(await mergeInto('main', 'draft')).toBe('1.0.3');
    expect(await mergeInto('draft', 'main')).toBe('1.0.4');
    expect(await ada.ask(previewMerge, { input: { promptId, source: 'draft' } })).toMatchObject({ previewPromptMerge: { version: '1.0.4', raised: [], diff: { identical: true } } });
    expect(await mergeInto('main', 'draft')).toBe('1.0.4');
    for (const [source, target] of [['draft', 'main'], ['main', 'draft']]) {
      expect((await errorOf(merge, { input: { promptId, source, target } }))?.extensions).toMatchObject({ fields: [{ field: 'input.source' }] });
    }
    const { prompt } = await ada.ask('query ($id: ID!) { prompt(id: $id) { head { version } branch(name: "draft") { ahead behind } } }', { id: promptId });
    expect(prompt).toEqual({ head: { version: '1.0.4' }, branch: { ahead: 0, behind: 0 } });
  });

  test('waits for each conflict to be resolved', async () => {
    await branchOff('draft');
    await commit('main', ['You help.', 'Summarise {{ ticket }} in two lines.\nBe kind.']);
    await commit('draft', ['You help.', 'Summarise {{ ticket }} in three lines.\nBe kind.']);
    const { previewPromptMerge } = await ada.ask(previewMerge, { input: { promptId, source: 'draft' } });
    const { conflicts } = z.object({ conflicts: z.array(z.object({ id: z.string() }).loose()) }).parse(previewPromptMerge);
    const [conflict] = conflicts;
    expect(conflicts).toEqual([
      { id: expect.stringMatching(/^messages\/.+\/text\/1$/), kind: 'MESSAGE_TEXT', target: 'Message 2 (user)', base: 'one line', ours: 'two lines', theirs: 'three lines', leading: 'Summarise {{ ticket }} in ', trailing: '.' },
    ]);
    const refusal = await errorOf(merge, { input: { promptId, source: 'draft' } });
    expect(refusal).toMatchObject({ message: '1 conflict is not resolved yet. Decide on each, then merge again.', extensions: { code: 'CONFLICT', conflict: { unresolved: [conflict?.id] } } });
    const resolved = (take: string, value?: unknown) => ({ promptId, source: 'draft', resolutions: [{ conflictId: conflict?.id, take, value }] });
    expect((await errorOf(merge, { input: resolved('CUSTOM', 3) }))?.extensions).toMatchObject({ fields: [{ field: 'input.resolutions.0.value', message: 'Give the text that stands here.' }] });
    const wrong = await errorOf(merge, { input: resolved('CUSTOM', 'lines {{') });
    expect(wrong?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ field: 'content.messages.1.content' }] });
    expect(await ada.ask(previewMerge, { input: resolved('CUSTOM', '2 or 3 lines') })).toMatchObject({ previewPromptMerge: { unresolved: [], conflicts: [{ id: conflict?.id }] } });
    expect(await ada.ask(merge, { input: resolved('CUSTOM', '2 or 3 lines') })).toMatchObject({ mergePromptBranch: { messages: [{}, { content: 'Summarise {{ ticket }} in 2 or 3 lines.\nBe kind.' }] } });
  });

  test('is a conflict where either branch has moved on', async () => {
    await branchOff('draft');
    const { id } = await commit('draft', ['You help.', 'One {{ ticket }}']);
    const newer = await commit('draft', ['You help.', 'Two {{ ticket }}']);
    expect((await errorOf(merge, { input: { promptId, source: 'draft', expectedSourceHeadId: id } }))?.extensions).toMatchObject({
      code: 'CONFLICT', conflict: { branch: 'draft', baseVersionId: id, headVersionId: newer.id, headVersion: '1.0.2', author: 'Ada', message: 'Change' },
    });
    expect((await errorOf(merge, { input: { promptId, source: 'draft', expectedTargetHeadId: id } }))?.extensions).toMatchObject({ conflict: { branch: 'main', headVersionId: first } });
  });

  test('of what was written on an older version with what was committed meanwhile lets the second of two people commit', async () => {
    const theirs = await commit('main', ['You help.', 'Please summarise {{ ticket }} in one line.\nBe kind.']);
    const mine = { messages: messages('You help.', 'Summarise {{ ticket }} in one line.\nBe very kind.'), variables: [{ name: 'ticket' }] };
    const late = await errorOf('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }', { input: { promptId, message: 'Mine', expectedHeadId: first, ...mine } });
    expect(late?.extensions).toMatchObject({ code: 'CONFLICT', conflict: { baseVersionId: first, headVersionId: theirs.id } });
    const { previewPromptMerge } = await ada.ask(previewMerge, { input: { promptId, content: mine, baseVersionId: first } });
    expect(previewPromptMerge).toMatchObject({ base: { version: '1.0.0' }, ours: { version: '1.0.1' }, theirs: null, conflicts: [], content: { messages: [{}, { content: 'Please summarise {{ ticket }} in one line.\nBe very kind.' }] } });
    const { content } = z.object({ content: z.object({ messages: z.array(z.object({ id: z.string(), content: z.string() })) }) }).parse(previewPromptMerge);
    const merged = await commit('main', content.messages.map((message) => message.content), { expectedHeadId: theirs.id });
    expect(merged.version).toBe('1.0.2');
    for (const input of [{ promptId }, { promptId, source: 'main', content: mine }, { promptId, content: mine }]) {
      expect((await errorOf(previewMerge, { input }))?.extensions).toMatchObject({ fields: [{ field: 'input.source' }] });
    }
  });
});
