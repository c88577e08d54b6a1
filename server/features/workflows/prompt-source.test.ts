import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { promptStep, step } from '../../testing/execution-kit.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
});
beforeEach(async () => {
  ada = await createIdentity(kit.database);
});
afterAll(() => kit.stop());

async function createPrompt(path: string, content = 'Hello'): Promise<string> {
  const { id: promptId } = await kit.prompts.create(ada, { name: path, path, description: '', message: 'First', kind: 'TEXT', messages: [{ role: 'USER', content }] });
  await kit.labels.set(ada, { promptId, name: 'production', versionId: (await kit.prompts.heads(ada.workspaceId, [promptId])).get(promptId)?.id ?? '' });
  return promptId;
}

let counter = 0;
const save = (steps: WorkflowStepInput[]) =>
  kit.workflows.create(ada, { name: `Workflow ${++counter}`, description: '', message: 'First', definition: { inputs: [], maxParallel: 1, steps } });
const own = (inline: object, more: object = {}) => step('own', 'PROMPT', { inline, model: { model: 'simulated/extract' }, ...more });

describe('a workflow is refused when it is saved', () => {
  test.each([
    ['a label that the prompt has not', { label: 'staging' }, /settings\.at\.label: The prompt letter has no label "staging"\. It has production\./],
    ['a version that the prompt has not', { version: '9.0.0' }, /settings\.at\.version: The prompt letter has no version 9\.0\.0\./],
    ['a branch that the prompt has not', { branch: 'draft' }, /settings\.at\.branch: The prompt letter has no branch "draft"\. It has main\./],
    ['two places', { branch: 'main', label: 'production' }, /settings\.at: Give one of label, version and branch\./],
  ])('for %s', async (_, at, message) => {
    const promptId = await createPrompt('letter');
    await expect(save([promptStep('say', promptId, {}, { settings: { promptId, at } })])).rejects.toThrow(message);
  });

  test('for content of its own that can not be read, has no model, or stands beside a prompt', async () => {
    await expect(save([own({ messages: [{ role: 'USER', content: '{{ x' }] })])).rejects.toThrow(/steps\.0\.settings\.inline\.messages\.0\.content: Line 1/);
    await expect(save([own({ messages: [{ role: 'USER', content: '{{ x }}' }] })])).rejects.toThrow(/The prompt's variable "x" has no value/);
    await expect(save([step('own', 'PROMPT', { inline: { messages: [{ role: 'USER', content: 'x' }] } })])).rejects.toThrow(/settings\.model: Choose a model\./);
    await expect(save([own({ messages: [{ role: 'USER', content: 'x' }] }, { promptId: await createPrompt('letter') })])).rejects.toThrow(/not both/);
  });

  test('for several models without a way to ask them, or one that there is not', async () => {
    const promptId = await createPrompt('letter');
    const models = [{ model: 'simulated/extract' }, { model: 'nobody/knows' }];
    await expect(save([promptStep('say', promptId, {}, { settings: { promptId, models } })])).rejects.toThrow(/settings\.mode: Say whether.*settings\.models\.1\.model: There is no model named nobody\/knows/);
  });
});

test('Saving takes as many statements for forty prompts at labels as for two', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, (_, index) => createPrompt(`p${index}`)));
  const statements = async (count: number) => {
    const before = kit.statementCount();
    await save(ids.slice(0, count).map((promptId, index) => promptStep(`s${index}`, promptId, {}, { settings: { promptId, at: { label: 'production' } } })));
    return kit.statementCount() - before;
  };
  expect(await statements(40)).toBe(await statements(2));
});
