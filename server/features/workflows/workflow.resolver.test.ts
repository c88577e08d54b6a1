import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';
import { VersionBranchesResolver } from './version-branches.resolver.js';
import { WorkflowResolver, WorkflowVersionResolver } from './workflow.resolver.js';

let kit: AuthoringKit;
let ada: Identity;
let ask: ReturnType<typeof graphqlRequests>;

beforeAll(async () => {
  kit = await startAuthoringKit();
  const { workflows, workflowLoader, people } = kit;
  ask = graphqlRequests(
    [WorkflowResolver, WorkflowVersionResolver, VersionBranchesResolver],
    [new WorkflowResolver(workflows, workflowLoader), new WorkflowVersionResolver(workflowLoader, people), new VersionBranchesResolver(kit.branchLoader)],
  );
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const create = (name: string) =>
  ask(
    ada,
    `mutation { createWorkflow(input: { name: "${name}", definition: {
      inputs: [{ name: "document", type: TEXT }, { name: "limit", type: NUMBER, required: false, defaultValue: 3 }]
      steps: [
        { key: "a", name: "A", type: TRANSFORM, settings: { expression: "text" }, inputs: [{ name: "text", from: "inputs.document" }] }
        { key: "b", name: "B", type: TRANSFORM, settings: { expression: "x" }, inputs: [{ name: "x", from: "steps.a.output" }, { name: "none", value: null }], retry: { maxAttempts: 1 } }
      ]
    } }) { id head { id } } }`,
  );

test('a workflow is made, changed and read over GraphQL', async () => {
  await create('Digest');
  const { id } = await kit.database.prisma.workflow.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
  const fields = 'inputs { name type required defaultValue } maxParallel steps { key dependsOn inputs { name from value } settings retry { maxAttempts initialDelayMs maxDelayMs } timeoutMs }';
  expect(await ask(ada, `{ workflow(id: "${id}") { name head { number message author { name } workflow { name } ${fields} } } }`)).toEqual({
    workflow: {
      name: 'Digest',
      head: {
        number: 1,
        message: 'First version',
        author: { name: 'Ada' },
        workflow: { name: 'Digest' },
        inputs: [
          { name: 'document', type: 'TEXT', required: true, defaultValue: null },
          { name: 'limit', type: 'NUMBER', required: false, defaultValue: 3 },
        ],
        maxParallel: 4,
        steps: [
          {
            key: 'a',
            dependsOn: [],
            inputs: [{ name: 'text', from: 'inputs.document', value: null }],
            settings: { expression: 'text' },
            retry: { maxAttempts: 3, initialDelayMs: 1000, maxDelayMs: 30000 },
            timeoutMs: 120000,
          },
          {
            key: 'b',
            dependsOn: ['a'],
            inputs: [{ name: 'x', from: 'steps.a.output', value: null }, { name: 'none', from: null, value: null }],
            settings: { expression: 'x' },
            retry: { maxAttempts: 1, initialDelayMs: 1000, maxDelayMs: 30000 },
            timeoutMs: 120000,
          },
        ],
      },
    },
  });
  await ask(ada, `mutation { updateWorkflow(input: { id: "${id}", name: "Summary", expectedNumber: 1 }) { id } }`);
  expect(await ask(ada, '{ workflows(search: "SUMM") { edges { node { name versions { edges { node { number } } } } } } }')).toEqual({
    workflows: { edges: [{ node: { name: 'Summary', versions: { edges: [{ node: { number: 1 } }] } } }] },
  });
});

test('a list takes the same number of queries however long it is', async () => {
  const queriesOf = async (query: string) => {
    const before = kit.queryCount();
    await ask(ada, query);
    return kit.queryCount() - before;
  };
  for (const name of ['w1', 'w2']) await create(name);
  const query = '{ workflows(search: "w") { edges { node { name head { number author { name } workflow { name } } } } } }';
  const forTwo = await queriesOf(query);
  for (let index = 3; index <= 12; index++) await create(`w${index}`);
  expect(await queriesOf(query)).toBe(forTwo);
  // The search, its rows, the heads with their numbers, their workflows and their authors.
  expect(forTwo).toBe(6);
});

test('a version names the branches that it can run on, those of prompts within a MAP too', async () => {
  const promptOn = async (name: string, branch: string) => {
    const { id } = await kit.prompts.create(ada, { name, description: '', kind: 'TEXT', message: 'First', messages: [{ role: 'USER', content: 'Hello' }] });
    const head = (await kit.prompts.heads(ada.workspaceId, [id])).get(id);
    await kit.branches.create(ada, { promptId: id, name: branch, fromVersionId: head?.id ?? '' });
    return id;
  };
  const [outer, inner] = [await promptOn('Outer', 'try'), await promptOn('Inner', 'b2')];
  const prompt = (key: string, promptId: string) => ({ key, name: key, type: 'PROMPT' as const, settings: { promptId }, dependsOn: [], inputs: [], timeoutMs: 1_000 });
  const map = { ...prompt('each', outer), type: 'MAP' as const, settings: { steps: [prompt('b', inner), prompt('c', outer)] }, inputs: [{ name: 'items', value: [1] }] };
  const { id } = await kit.workflows.create(ada, { name: 'Branched', description: '', message: 'First', definition: { inputs: [], maxParallel: 1, steps: [prompt('a', outer), map] } });
  const head = await kit.workflows.headVersion(ada.workspaceId, id);
  expect(await ask(ada, `{ workflowVersion(id: "${head.id}") { number promptBranches steps { key } } }`)).toEqual({
    workflowVersion: { number: 1, promptBranches: ['b2', 'try'], steps: [{ key: 'a' }, { key: 'each' }] },
  });
});
