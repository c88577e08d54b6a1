import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Database } from '../../database/database.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { countQueries } from '../../testing/query-count.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { createIdentity } from '../../testing/test-identity.js';
import { AuthStore } from '../auth/auth.store.js';
import { type Identity } from '../auth/identity.js';
import { PersonLoader } from '../auth/person.loader.js';
import { PromptLoader } from './prompt.loader.js';
import { PromptResolver, PromptVersionResolver } from './prompt.resolver.js';
import { PromptsService } from './prompt.service.js';
import { PromptStore } from './prompt.store.js';

let database: Database;
let drop: () => Promise<void>;
let count: () => number;
let ada: Identity;
let ask: (identity: Identity, query: string) => Promise<unknown>;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
  const counted = countQueries(database);
  count = counted.count;
  const prompts = new PromptsService(new PromptStore(counted.database), { hasModel: () => true, defaultModel: 'simulated/extract' });
  const loader = new PromptLoader(prompts);
  const persons = new PersonLoader(new AuthStore(counted.database));
  ask = graphqlRequests([PromptResolver, PromptVersionResolver], [new PromptResolver(prompts, loader), new PromptVersionResolver(loader, persons)]);
});

beforeEach(async () => {
  ada = await createIdentity(database);
});

afterAll(() => drop());

const create = (name: string) =>
  ask(ada, `mutation { createPrompt(input: { name: "${name}", kind: TEXT, messages: [{ role: USER, content: "Hi {{ you }}" }] }) { id } }`);

test('a prompt is made, changed and read over GraphQL', async () => {
  await create('Greeting');
  const made = await ask(ada, '{ prompts { edges { node { id head { id } } } } }');
  expect(made).toMatchObject({ prompts: { edges: [{ node: { id: expect.any(String) } }] } });
  const { id } = await database.prisma.prompt.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
  const head = await database.prisma.promptVersion.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
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
    const before = count();
    await ask(ada, query);
    return count() - before;
  };
  for (const name of ['a1', 'a2']) await create(name);
  const query = '{ prompts(search: "a") { edges { node { name head { version author { name } prompt { name } } } } } }';
  const forTwo = await queriesOf(query);
  for (let index = 3; index <= 12; index++) await create(`a${index}`);
  expect(await queriesOf(query)).toBe(forTwo);
  // The search, its rows, the heads, their prompts and their authors.
  expect(forTwo).toBe(5);
});
