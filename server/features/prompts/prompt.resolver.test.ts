import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';
import { PromptResolver, PromptVersionResolver } from './prompt.resolver.js';

let kit: AuthoringKit;
let ada: Identity;
let ask: ReturnType<typeof graphqlRequests>;

beforeAll(async () => {
  kit = await startAuthoringKit();
  const { prompts, promptLoader, people } = kit;
  ask = graphqlRequests([PromptResolver, PromptVersionResolver], [new PromptResolver(prompts, promptLoader), new PromptVersionResolver(promptLoader, people)]);
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const create = (name: string) =>
  ask(ada, `mutation { createPrompt(input: { name: "${name}", kind: TEXT, messages: [{ role: USER, content: "Hi {{ you }}" }] }) { id } }`);

test('a prompt is made, changed and read over GraphQL', async () => {
  await create('Greeting');
  const made = await ask(ada, '{ prompts { edges { node { id head { id } } } } }');
  expect(made).toMatchObject({ prompts: { edges: [{ node: { id: expect.any(String) } }] } });
  const { id } = await kit.database.prisma.prompt.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
  const head = await kit.database.prisma.promptVersion.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
  await ask(
    ada,
    `mutation { commitPromptVersion(input: { promptId: "${id}", expectedHeadId: "${head.id}", message: "Politer", messages: [{ role: USER, content: "Good day {{ you }}" }] }) { id } }`,
  );
  const fields = 'version message author { name } variables { name } messages { role content } settings { model temperature } prompt { path }';
  expect(await ask(ada, `{ prompt(id: "${id}") { path kind head { ${fields} } versions { edges { node { version } } } } }`)).toEqual({
    prompt: {
      path: 'greeting',
      kind: 'TEXT',
      head: {
        version: '1.0.1',
        message: 'Politer',
        author: { name: 'Ada' },
        variables: [{ name: 'you' }],
        messages: [{ role: 'USER', content: 'Good day {{ you }}' }],
        settings: { model: 'simulated/extract', temperature: null },
        prompt: { path: 'greeting' },
      },
      versions: { edges: [{ node: { version: '1.0.1' } }, { node: { version: '1.0.0' } }] },
    },
  });
});

test('a list takes the same number of queries however long it is', async () => {
  const queriesOf = async (query: string) => {
    const before = kit.queryCount();
    await ask(ada, query);
    return kit.queryCount() - before;
  };
  for (const name of ['a1', 'a2']) await create(name);
  const query = '{ prompts(search: "a") { edges { node { name head { version author { name } prompt { name } } } } } }';
  const forTwo = await queriesOf(query);
  for (let index = 3; index <= 12; index++) await create(`a${index}`);
  expect(await queriesOf(query)).toBe(forTwo);
  // The search, its rows, the heads, their prompts and their authors.
  expect(forTwo).toBe(5);
});
