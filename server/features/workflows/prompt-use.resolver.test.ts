import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const created = z.object({ id: z.string() });

test('a prompt names the steps that run it, with their workflows', async () => {
  const ada = await signUpUser(server);
  const { createPrompt } = await ada.ask('mutation { createPrompt(input: { name: "Greeting", kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id } }');
  const promptId = created.parse(createPrompt).id;
  const step = { key: 'greet', name: 'Greet them', type: 'PROMPT', settings: { promptId } };
  await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Welcome', definition: { inputs: [], steps: [step] } } });
  expect(await ada.ask('query ($id: ID!) { prompt(id: $id) { usedBy { stepKey stepName workflow { name } } } }', { id: promptId })).toEqual({
    prompt: { usedBy: [{ stepKey: 'greet', stepName: 'Greet them', workflow: { name: 'Welcome' } }] },
  });
});

test('a preview of a commit names the steps that it would break and the prompts that it would change', async () => {
  const ada = await signUpUser(server);
  const create = async (name: string, content: string) => {
    const { createPrompt } = await ada.ask(
      'mutation ($name: String!, $content: String!) { createPrompt(input: { name: $name, kind: TEXT, messages: [{ role: USER, content: $content }] }) { id head { id } } }',
      { name, content },
    );
    return created.extend({ head: created }).parse(createPrompt);
  };
  const tone = await create('tone', 'Be kind.');
  await ada.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', {
    input: { promptId: tone.id, versionId: tone.head.id, name: 'production' },
  });
  const letter = await create('letter', '{% prompt "tone", branch: "main" %}');
  await create('mail', '{% prompt "tone" %}');
  const steps = [tone, letter].map(({ id }, index) => ({ key: `s${index}`, name: `Step ${index}`, type: 'PROMPT', settings: { promptId: id } }));
  await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', { input: { name: 'Post', definition: { inputs: [], steps } } });

  const content = { messages: [{ role: 'USER', content: 'Be {{ mood }}.' }] };
  const preview = (more = {}) =>
    ada.ask(
      `query ($input: PreviewPromptCommitInput!) { previewPromptCommit(input: $input) {
        breaks { stepKey stepName problem workflow { name } }
        dependents { prompt { name } version { version } reference { path label version branch } }
      } }`,
      { input: { promptId: tone.id, content, ...more } },
    );
  const letterAtMain = { prompt: { name: 'letter' }, version: { version: '1.0.0' }, reference: { path: 'tone', label: null, version: null, branch: 'main' } };
  expect(await preview()).toEqual({
    previewPromptCommit: {
      breaks: [
        { stepKey: 's0', stepName: 'Step 0', problem: expect.stringMatching(/^The step gives no value for "mood"/), workflow: { name: 'Post' } },
        { stepKey: 's1', stepName: 'Step 1', problem: expect.stringMatching(/^The step runs letter, which includes this prompt\./), workflow: { name: 'Post' } },
      ],
      dependents: [letterAtMain],
    },
  });
  expect(await preview({ moveLabel: 'production' })).toMatchObject({
    previewPromptCommit: { dependents: [letterAtMain, { prompt: { name: 'mail' }, reference: { label: 'production' } }] },
  });
  expect(await ada.ask('query ($id: ID!) { prompt(id: $id) { dependents { prompt { name } } } }', { id: tone.id })).toEqual({
    prompt: { dependents: [{ prompt: { name: 'letter' } }, { prompt: { name: 'mail' } }] },
  });

  await ada.ask('mutation ($input: CreatePromptBranchInput!) { createPromptBranch(input: $input) { id } }', {
    input: { promptId: tone.id, fromVersionId: tone.head.id, name: 'moody' },
  });
  await ada.ask('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }', {
    input: { promptId: tone.id, branch: 'moody', message: 'Moods', messages: content.messages },
  });
  const merge = 'query ($input: PreviewPromptMergeInput!) { previewPromptMerge(input: $input) { breaks { stepKey workflow { name } } } }';
  expect(await ada.ask(merge, { input: { promptId: tone.id, source: 'moody' } })).toEqual({
    previewPromptMerge: { breaks: ['s0', 's1'].map((stepKey) => ({ stepKey, workflow: { name: 'Post' } })) },
  });
});

test('a preview of a label’s move names the prompts and the steps that it would break, and nothing that it only changes', async () => {
  const ada = await signUpUser(server);
  const create = async (name: string, content: string, variables: object[] = []) => {
    const input = { name, kind: 'TEXT', messages: [{ role: 'USER', content }], variables };
    const { createPrompt } = await ada.ask('mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { id head { id } } }', { input });
    return created.extend({ head: created }).parse(createPrompt);
  };
  const tone = await create('tone', 'Be kind.');
  const commit = async (content: string) => {
    const input = { promptId: tone.id, message: 'x', messages: [{ role: 'USER', content }] };
    const { commitPromptVersion } = await ada.ask('mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }', { input });
    return created.parse(commitPromptVersion).id;
  };
  const place = { promptId: tone.id, name: 'production' };
  await ada.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', { input: { ...place, versionId: tone.head.id } });
  const mail = await create('mail', 'Write. {% prompt "tone" %}');
  await create('knows-moods', '{% prompt "tone" %}', [{ name: 'mood' }]);
  await create('newest', '{% prompt "tone", branch: "main" %}');
  await create('outer', '{% prompt "mail", branch: "main" %}');
  await ada.ask('mutation ($input: CreateWorkflowInput!) { createWorkflow(input: $input) { id } }', {
    input: { name: 'Post', definition: { inputs: [], steps: [{ key: 'send', name: 'Send', type: 'PROMPT', settings: { promptId: mail.id } }] } },
  });
  const preview = (versionId: string) =>
    ada.ask(
      `query ($input: PreviewPromptLabelMoveInput!) { previewPromptLabelMove(input: $input) {
        brokenDependents { problem dependent { prompt { name } version { version } reference { path label branch } } }
        breaks { stepKey problem workflow { name } }
      } }`,
      { input: { ...place, versionId } },
    );
  expect(await preview(await commit('Be very kind.'))).toEqual({ previewPromptLabelMove: { brokenDependents: [], breaks: [] } });
  const needsMood = expect.stringContaining('`mood`');
  const moody = await commit('Be {{ mood }}.');
  expect(await preview(moody)).toEqual({
    previewPromptLabelMove: {
      brokenDependents: [
        { problem: needsMood, dependent: { prompt: { name: 'mail' }, version: { version: '1.0.0' }, reference: { path: 'tone', label: 'production', branch: null } } },
        { problem: needsMood, dependent: { prompt: { name: 'outer' }, version: { version: '1.0.0' }, reference: { path: 'mail', label: null, branch: 'main' } } },
      ],
      breaks: [{ stepKey: 'send', problem: expect.stringMatching(/^The step runs mail, which includes this prompt\. .*"mood"/), workflow: { name: 'Post' } }],
    },
  });
  await ada.ask('mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name } }', { input: { ...place, versionId: moody } });
  expect(await preview(moody)).toEqual({ previewPromptLabelMove: { brokenDependents: [], breaks: [] } });
});
