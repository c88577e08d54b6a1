import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';
import { PromptCommitResolver, PromptHistoryResolver } from './history/history.resolver.js';
import { PromptLibraryResolver } from './library/library.resolver.js';
import { PromptResolver, PromptVersionResolver } from './prompt.resolver.js';

let kit: AuthoringKit;
let ada: Identity;
let ask: ReturnType<typeof graphqlRequests>;

beforeAll(async () => {
  kit = await startAuthoringKit();
  const { prompts, promptLoader, people, promptLists, library, commits, merges, branches, branchLoader } = kit;
  ask = graphqlRequests(
    [PromptResolver, PromptVersionResolver, PromptLibraryResolver, PromptCommitResolver, PromptHistoryResolver],
    [
      new PromptResolver(prompts, promptLoader),
      new PromptVersionResolver(promptLoader, people),
      new PromptLibraryResolver(promptLists, library),
      new PromptCommitResolver(commits, merges, branchLoader),
      new PromptHistoryResolver(prompts, branches, branchLoader),
    ],
  );
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

const queriesOf = async (query: string) => {
  const before = kit.queryCount();
  await ask(ada, query);
  return kit.queryCount() - before;
};

test('a list takes the same number of queries however long it is', async () => {
  for (const name of ['a1', 'a2']) await create(name);
  const query = '{ prompts(search: "a") { edges { node { name archivedAt head { version author { name } prompt { name } } } } } }';
  const forTwo = await queriesOf(query);
  for (let index = 3; index <= 12; index++) await create(`a${index}`);
  expect(await queriesOf(query)).toBe(forTwo);
  // The list, the heads, their prompts and their authors.
  expect(forTwo).toBe(4);
});

test('versions are listed with what they were made from, where and of what, in the same number of queries however many there are', async () => {
  await create('tone');
  await create('Greeting');
  const { id } = await kit.database.prisma.prompt.findFirstOrThrow({ where: { workspaceId: ada.workspaceId, path: 'greeting' } });
  const commit = (text: string, branch: string) =>
    kit.commits.commit(ada, { promptId: id, branch, message: text, messages: [{ role: 'USER', content: `${text} {% prompt "tone", branch: "main" %}` }] });
  const first = (await kit.prompts.heads(ada.workspaceId, [id])).get(id);
  const second = await commit('Two', 'main');
  await kit.branches.create(ada, { promptId: id, name: 'draft', fromVersionId: second.id });
  await commit('Three', 'draft');
  const query = `{ prompt(id: "${id}") { versions { edges { node { version parentIds branch references { path branch label } } } } } }`;
  const reference = { path: 'tone', branch: 'main', label: null };
  expect(await ask(ada, query)).toMatchObject({
    prompt: {
      versions: {
        edges: [
          { node: { parentIds: [second.id], branch: 'draft', references: [reference] } },
          { node: { parentIds: [first?.id], branch: 'main', references: [reference] } },
          { node: { parentIds: [], branch: 'main', references: [] } },
        ],
      },
    },
  });
  const forThree = await queriesOf(query);
  for (const text of ['Four', 'Five', 'Six']) await commit(text, 'draft');
  expect(await queriesOf(query)).toBe(forThree);
});
