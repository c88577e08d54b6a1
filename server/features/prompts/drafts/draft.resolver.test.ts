import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

const created = z.object({ id: z.string(), head: z.object({ id: z.string() }) });
const save = 'mutation ($input: SavePromptDraftInput!) { savePromptDraft(input: $input) { revision } }';
const unfinished = { messages: [{ role: 'USER', content: '{{ name' }] };

test('a draft survives: it is read again by the same person from elsewhere, until it is discarded', async () => {
  const ada = await signUpUser(server);
  const { createPrompt } = await ada.ask(
    'mutation { createPrompt(input: { name: "Greeting", kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id head { id } } }',
  );
  const { id: promptId, head } = created.parse(createPrompt);
  expect(await ada.ask(save, { input: { promptId, baseVersionId: head.id, content: unfinished, expectedRevision: 0 } })).toEqual({ savePromptDraft: { revision: 1 } });

  const read = `query ($id: ID!) { prompt(id: $id) { draft {
    branch kind name path revision updatedAt baseVersion { version } content { messages { role content } variables { name } settings { model } tools { name } outputSchema }
  } } }`;
  expect(await ada.ask(read, { id: promptId })).toEqual({
    prompt: {
      draft: {
        branch: 'main',
        kind: 'TEXT',
        name: 'Greeting',
        path: 'greeting',
        revision: 1,
        updatedAt: expect.any(String),
        baseVersion: { version: '1.0.0' },
        content: { messages: [{ role: 'USER', content: '{{ name' }], variables: [], settings: { model: expect.any(String) }, tools: [], outputSchema: null },
      },
    },
  });
  const again = await ada.client.query(save, { input: { promptId, content: { messages: [] }, expectedRevision: 0 } }, { token: ada.token });
  expect(again.errors?.[0]?.extensions).toEqual({ code: 'CONFLICT', conflict: { revision: 1, updatedAt: expect.any(String) } });

  await ada.ask('mutation ($id: ID!) { discardPromptDraft(input: { promptId: $id }) { id } }', { id: promptId });
  expect(await ada.ask(read, { id: promptId })).toEqual({ prompt: { draft: null } });
});

test('a prompt that does not exist yet has a draft, too', async () => {
  const ada = await signUpUser(server);
  const read = '{ newPromptDraft { name path kind branch baseVersion { id } content { messages { content } } } }';
  expect(await ada.ask(read)).toEqual({ newPromptDraft: null });
  await ada.ask(save, { input: { name: 'Soon', content: unfinished } });
  expect(await ada.ask(read)).toEqual({
    newPromptDraft: { name: 'Soon', path: '', kind: 'TEXT', branch: 'main', baseVersion: null, content: { messages: [{ content: '{{ name' }] } },
  });
  await ada.ask('mutation { discardPromptDraft(input: {}) { id } }');
  expect(await ada.ask(read)).toEqual({ newPromptDraft: null });
});
