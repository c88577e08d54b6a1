import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { z } from 'zod';
import { signUpUser, startTestServer, type TestServer } from '../../../testing/test-server.js';

type User = Awaited<ReturnType<typeof signUpUser>>;

let server: TestServer;
let ada: User;
let greeting: { promptId: string; versionId: string };

const created = z.object({ id: z.string(), head: z.object({ id: z.string() }) });

beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  ada = await signUpUser(server);
  greeting = await createPrompt(ada, 'Greeting');
});
afterAll(() => server.stop());

async function createPrompt(user: User, name: string) {
  const answer = await user.ask(
    'mutation ($name: String!) { createPrompt(input: { name: $name, kind: TEXT, messages: [{ role: USER, content: "Hello" }] }) { id head { id } } }',
    { name },
  );
  const { id, head } = created.parse(answer.createPrompt);
  return { promptId: id, versionId: head.id };
}

const setLabel = 'mutation ($input: SetPromptLabelInput!) { setPromptLabel(input: $input) { name protected version { version } movedBy { name } movedAt } }';
const removeLabel = 'mutation ($input: RemovePromptLabelInput!) { removePromptLabel(input: $input) { id labels { name } } }';
const set = (user: User, prompt: typeof greeting, name: string) => user.ask(setLabel, { input: { ...prompt, name } });

test('a label is set, read with its history, rolled back and removed over the API', async () => {
  const { promptId, versionId } = greeting;
  expect(await set(ada, greeting, 'production')).toEqual({
    setPromptLabel: { name: 'production', protected: false, version: { version: '1.0.0' }, movedBy: { name: 'Ada' }, movedAt: expect.any(String) },
  });
  const { commitPromptVersion } = await ada.ask(
    'mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { id } }',
    { input: { promptId, message: 'Politer', messages: [{ role: 'USER', content: 'Good day' }] } },
  );
  const second = z.object({ id: z.string() }).parse(commitPromptVersion).id;
  await set(ada, { promptId, versionId: second }, 'production');

  expect(
    await ada.ask(
      `query ($id: ID!) { prompt(id: $id) {
        head { labels { name } }
        labels { name rollsBackTo { version } moves { edges { node { label at by { name } from { version } to { version } originalMover prompt { name } } } } }
      } }`,
      { id: promptId },
    ),
  ).toMatchObject({
    prompt: {
      head: { labels: [{ name: 'production' }] },
      labels: [
        {
          name: 'production',
          rollsBackTo: { version: '1.0.0' },
          moves: {
            edges: [
              { node: { label: 'production', by: { name: 'Ada' }, from: { version: '1.0.0' }, to: { version: '1.0.1' }, originalMover: null, prompt: { name: 'Greeting' } } },
              { node: { from: null, to: { version: '1.0.0' } } },
            ],
          },
        },
      ],
    },
  });
  const place = { promptId, name: 'production' };
  expect(
    await ada.ask('mutation ($input: RollBackPromptLabelInput!) { rollBackPromptLabel(input: $input) { version { id } rollsBackTo { id } } }', { input: place }),
  ).toEqual({ rollBackPromptLabel: { version: { id: versionId }, rollsBackTo: null } });
  expect(await ada.ask(removeLabel, { input: place })).toEqual({ removePromptLabel: { id: promptId, labels: [] } });
});

test('a label that is elsewhere than expected is a CONFLICT that says where', async () => {
  const { promptId, versionId } = greeting;
  const answer = await ada.client.query(setLabel, { input: { promptId, versionId, name: 'production', expectedVersionId: versionId } }, { token: ada.token });
  expect(answer.errors).toEqual([
    expect.objectContaining({
      message: 'production is at no version by now. Look at what changed, then move it again.',
      extensions: { code: 'CONFLICT', conflict: { versionId: null, version: null } },
    }),
  ]);
});

test('an owner protects names, after which an API key moves them no more', async () => {
  expect(await ada.ask('mutation { protectPromptLabel(name: "production") }')).toEqual({ protectPromptLabel: ['production'] });
  expect(await ada.ask('{ protectedPromptLabels }')).toEqual({ protectedPromptLabels: ['production'] });
  expect(await set(ada, greeting, 'production')).toMatchObject({ setPromptLabel: { protected: true } });

  const { createApiKey } = await ada.ask('mutation { createApiKey(input: { name: "CI" }) { secret } }');
  const token = z.object({ secret: z.string() }).parse(createApiKey).secret;
  const refused = (query: string, variables = {}) => ada.client.query(query, variables, { token });
  const input = { promptId: greeting.promptId, name: 'production' };
  for (const answer of [await refused(removeLabel, { input }), await refused('mutation { unprotectPromptLabel(name: "production") }')]) {
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
  expect((await refused(setLabel, { input: { ...greeting, name: 'staging' } })).data).toMatchObject({ setPromptLabel: { name: 'staging' } });
  expect(await ada.ask('mutation { unprotectPromptLabel(name: "production") }')).toEqual({ unprotectPromptLabel: [] });
});

const moved = z.object({
  label: z.string(),
  prompt: z.object({ name: z.string(), labels: z.array(z.object({ name: z.string() })) }),
  to: z.object({ version: z.string() }).nullable(),
});
const heardSchema = z.object({ data: z.object({ promptLabelMoved: moved }) });

/** Over a socket of its own. */
function subscriber(user: User, filter = '') {
  const events = user.subscribe(`subscription { promptLabelMoved${filter} { label prompt { name labels { name } } to { version } } }`);
  const next = async () => heardSchema.parse((await events.next()).value).data.promptLabelMoved;
  const until = async (label: string) => {
    const heard = [await next()];
    while (heard.at(-1)?.label !== label) heard.push(await next());
    return heard;
  };
  return { next, until, leave: () => events.return(undefined) };
}

/** Moves a label to and fro until the subscriber is told, which shows that the server has begun to listen. */
async function listens({ next }: ReturnType<typeof subscriber>, user: User, prompt: typeof greeting) {
  let told = false;
  const first = next().finally(() => (told = true));
  while (!told) {
    await set(user, prompt, 'ping');
    await user.ask(removeLabel, { input: { promptId: prompt.promptId, name: 'ping' } });
  }
  await first;
}

test('a subscriber sees a moved label within a second, as things are by then; another workspace sees nothing of it', async () => {
  const eve = await signUpUser(server, 'Eve');
  const theirs = await createPrompt(eve, 'Greeting of Eve');
  const [here, there] = [subscriber(ada, '(path: "greeting")'), subscriber(eve)];
  await Promise.all([listens(here, ada, greeting), listens(there, eve, theirs)]);

  for (const label of ['one', 'two', 'three']) {
    await set(ada, greeting, label);
    const committed = Date.now();
    const seen = (await here.until(label)).at(-1);
    expect(Date.now() - committed).toBeLessThan(1_000);
    expect(seen).toMatchObject({ prompt: { name: 'Greeting' }, to: { version: '1.0.0' } });
    expect(seen?.prompt.labels.map(({ name }) => name)).toContain(label);
  }
  await set(eve, theirs, 'end');
  for (const { prompt } of await there.until('end')) expect(prompt.name).toBe('Greeting of Eve');
  await Promise.all([here.leave(), there.leave()]);
});
