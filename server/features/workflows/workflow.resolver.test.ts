import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Database } from '../../database/database.js';
import { graphqlRequests } from '../../testing/graphql-requests.js';
import { countQueries } from '../../testing/query-count.js';
import { createTestDatabase } from '../../testing/test-database.js';
import { createIdentity } from '../../testing/test-identity.js';
import { AuthStore } from '../auth/auth.store.js';
import { type Identity } from '../auth/identity.js';
import { PersonLoader } from '../auth/person.loader.js';
import { PromptsService } from '../prompts/prompt.service.js';
import { PromptStore } from '../prompts/prompt.store.js';
import { WorkflowLoader } from './workflow.loader.js';
import { WorkflowResolver, WorkflowVersionResolver } from './workflow.resolver.js';
import { WorkflowsService } from './workflow.service.js';
import { WorkflowStore } from './workflow.store.js';

let database: Database;
let drop: () => Promise<void>;
let count: () => number;
let ada: Identity;
let ask: (identity: Identity, query: string) => Promise<unknown>;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
  const counted = countQueries(database);
  count = counted.count;
  const models = { hasModel: () => true, defaultModel: 'simulated/extract' };
  const prompts = new PromptsService(new PromptStore(counted.database), models);
  const workflows = new WorkflowsService(new WorkflowStore(counted.database), prompts, models);
  const loader = new WorkflowLoader(workflows);
  const people = new PersonLoader(new AuthStore(counted.database));
  ask = graphqlRequests([WorkflowResolver, WorkflowVersionResolver], [new WorkflowResolver(workflows, loader), new WorkflowVersionResolver(loader, people)]);
});

beforeEach(async () => {
  ada = await createIdentity(database);
});

afterAll(() => drop());

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
  const { id } = await database.prisma.workflow.findFirstOrThrow({ where: { workspaceId: ada.workspaceId } });
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
    const before = count();
    await ask(ada, query);
    return count() - before;
  };
  for (const name of ['w1', 'w2']) await create(name);
  const query = '{ workflows(search: "w") { edges { node { name head { number author { name } workflow { name } } } } } }';
  const forTwo = await queriesOf(query);
  for (let index = 3; index <= 12; index++) await create(`w${index}`);
  expect(await queriesOf(query)).toBe(forTwo);
  // The search, its rows, the heads with their numbers, their workflows and their authors.
  expect(forTwo).toBe(6);
});
