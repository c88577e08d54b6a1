import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { promptStep, transform } from '../../testing/execution-kit.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';

let kit: AuthoringKit;
let ada: Identity;
let greeting: string;
let farewell: string;

beforeAll(async () => {
  kit = await startAuthoringKit();
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
  [greeting, farewell] = [await createPrompt('Greeting'), await createPrompt('Farewell')];
});

afterAll(() => kit.stop());

async function createPrompt(name: string): Promise<string> {
  const input = { name, description: '', kind: 'TEXT', messages: [{ role: 'USER', content: 'Hello' }], message: 'First', tags: [], tools: [], variables: [] } as const;
  return (await kit.prompts.create(ada, { ...input, messages: [...input.messages], tags: [], tools: [], variables: [] })).id;
}

const createWorkflow = (name: string, steps: WorkflowStepInput[]) =>
  kit.workflows.create(ada, { name, description: '', message: 'First', definition: { inputs: [], maxParallel: 4, steps } });

test('the steps that run a prompt are named with their workflows, in the order of names', async () => {
  await createWorkflow('Welcome', [promptStep('hello', greeting), promptStep('bye', farewell), promptStep('again', greeting)]);
  await createWorkflow('Letters', [promptStep('dear', greeting)]);
  expect(await kit.promptUses.of(ada.workspaceId, greeting)).toEqual([
    { workflow: 'Letters', step: 'dear' },
    { workflow: 'Welcome', step: 'hello' },
    { workflow: 'Welcome', step: 'again' },
  ]);
  expect(await kit.promptUses.of(ada.workspaceId, farewell)).toEqual([{ workflow: 'Welcome', step: 'bye' }]);
});

test('only the newest version of a workflow counts', async () => {
  const { id } = await createWorkflow('Welcome', [promptStep('hello', greeting)]);
  await kit.workflows.update(ada, { id, definition: { inputs: [], maxParallel: 4, steps: [promptStep('bye', farewell)] } });
  expect(await kit.promptUses.of(ada.workspaceId, greeting)).toEqual([]);
  expect(await kit.promptUses.of(ada.workspaceId, farewell)).toHaveLength(1);
});

test('a step that only mentions the id of a prompt does not run it', async () => {
  await createWorkflow('Words', [transform('words', `"${greeting}"`)]);
  expect(await kit.promptUses.of(ada.workspaceId, greeting)).toEqual([]);
});

test("another workspace's workflows are not told, and what is no id is used nowhere", async () => {
  await createWorkflow('Welcome', [promptStep('hello', greeting)]);
  const eve = await createIdentity(kit.database);
  expect(await kit.promptUses.of(eve.workspaceId, greeting)).toEqual([]);
  expect(await kit.promptUses.of(ada.workspaceId, '%')).toEqual([]);
  expect(await kit.promptUses.of(ada.workspaceId, randomUUID())).toEqual([]);
});

test('the uses of many prompts take one query', async () => {
  await createWorkflow('Welcome', [promptStep('hello', greeting), promptStep('bye', farewell)]);
  const before = kit.queryCount();
  const uses = await kit.promptUses.byPrompt(ada.workspaceId, [greeting, farewell]);
  expect(kit.queryCount() - before).toBe(1);
  expect([...uses].map(([id, found]) => [id, found.map(({ step }) => step.key)])).toEqual([[greeting, ['hello']], [farewell, ['bye']]]);
});
