import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';
import { WorkflowResolver, WorkflowVersionResolver } from './workflow.resolver.js';

let kit: AuthoringKit;
let ada: Identity;
let ask: ReturnType<typeof graphqlRequests>;

beforeAll(async () => {
  kit = await startAuthoringKit();
  const { workflows, workflowLoader, people } = kit;
  ask = graphqlRequests([WorkflowResolver, WorkflowVersionResolver], [new WorkflowResolver(workflows, workflowLoader), new WorkflowVersionResolver(workflowLoader, people)]);
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
