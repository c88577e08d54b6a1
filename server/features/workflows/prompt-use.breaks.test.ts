import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type PromptVariableInput } from '../../../schema/prompt-content.js';
import { type StepInputInput, type WorkflowInputInput, type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';
import { type PromptVariable } from '../prompts/content/content.js';

let kit: AuthoringKit;
let ada: Identity;

beforeAll(async () => {
  kit = await startAuthoringKit();
  // Its first answer takes longest, which on a busy machine would look like a pattern that takes too long.
  await kit.sandbox.checkSchemas([{ schema: { pattern: '^x$' }, value: 'x' }], { timeoutMs: 30_000 });
});

beforeEach(async () => {
  ada = await createIdentity(kit.database);
});

afterAll(() => kit.stop());

const variable = (name: string, more: Partial<PromptVariable> = {}): PromptVariable => ({ name, type: 'STRING', description: '', required: true, ...more });

const text = (content: string) => [{ id: 'm', role: 'USER' as const, content }];

async function createPrompt(path: string, content: string, variables: PromptVariableInput[] = []): Promise<string> {
  const input = { name: path, path, description: '', message: 'First', kind: 'TEXT' as const, messages: text(content), variables, tools: [], tags: [] };
  return (await kit.prompts.create(ada, input)).id;
}

const workflowInput = (name: string, more: Partial<WorkflowInputInput> = {}): WorkflowInputInput => ({ name, type: 'TEXT', required: true, description: '', ...more });

const step = (promptId: string, inputs: StepInputInput[] = [], key = 'ask'): WorkflowStepInput => ({
  key,
  name: `Step ${key}`,
  type: 'PROMPT',
  dependsOn: [],
  inputs,
  settings: { promptId },
  timeoutMs: 1_000,
});

async function createWorkflow(steps: WorkflowStepInput[], inputs: WorkflowInputInput[] = [], name = 'Letters'): Promise<string> {
  return (await kit.workflows.create(ada, { name, description: '', message: 'First', definition: { inputs, maxParallel: 4, steps } })).id;
}

/** What becomes broken when the prompt's `main`, or another branch, has other variables. */
async function problems(promptId: string, variables: PromptVariable[], { branch = 'main', label, content = 'x' }: { branch?: string; label?: string; content?: string } = {}) {
  const found = await kit.promptBreaks.of(ada.workspaceId, { promptId, branch, label, after: { messages: text(content), variables } });
  return found.map(({ stepKey, problem }) => `${stepKey}: ${problem}`);
}

describe('a step is broken by a change', () => {
  test('that needs a value which the step does not give', async () => {
    const promptId = await createPrompt('letter', 'Dear {{ name }}');
    const workflowId = await createWorkflow([step(promptId, [{ name: 'name', value: 'Bea' }])]);
    const after = [variable('name'), variable('tone')];
    expect(await kit.promptBreaks.of(ada.workspaceId, { promptId, branch: 'main', after: { messages: text('x'), variables: after } })).toEqual([
      { workflowId, stepKey: 'ask', stepName: 'Step ask', problem: 'The step gives no value for "tone", which the prompt needs. Add an input of this name to the step.' },
    ]);
    expect(await problems(promptId, [variable('name'), variable('tone', { required: false })])).toEqual([]);
    expect(await problems(promptId, [variable('name'), variable('tone', { defaultValue: 'kind' })])).toEqual([]);
  });

  test('that has no such variable any more', async () => {
    const promptId = await createPrompt('letter', 'Dear {{ name }}');
    await createWorkflow([step(promptId, [{ name: 'name', value: 'Bea' }])]);
    expect(await problems(promptId, [variable('person')])).toEqual([
      'ask: The step gives no value for "person", which the prompt needs. Add an input of this name to the step.',
      'ask: The step gives a value for "name", which the prompt does not have. Take this input out, or name it after another variable.',
    ]);
  });

  test.each<[string, unknown, Partial<PromptVariable>, string]>([
    ['another type', 'Bea', { type: 'NUMBER' }, 'The constant that the step gives for "name" does not fit. Give a number.'],
    ['a limit', 'Bea', { maxLength: 2 }, 'The constant that the step gives for "name" does not fit. Give at most 2 characters.'],
    ['a pattern', 'Bea', { pattern: '[A-Z]+' }, 'The constant that the step gives for "name" does not fit. This must match the pattern [A-Z]+ from its beginning to its end.'],
    ['other choices', 'Bea', { type: 'CHOICE', allowedValues: ['Ada'] }, 'The constant that the step gives for "name" does not fit. Give one of Ada.'],
    ['another kind of value', { a: 1 }, { type: 'LIST' }, 'The constant that the step gives for "name" does not fit. Give a list.'],
  ])('that narrows a variable to %s which the constant has not', async (_case, value, narrowed, problem) => {
    const promptId = await createPrompt('letter', 'Dear {{ name }}', [{ name: 'name', type: 'JSON' }]);
    await createWorkflow([step(promptId, [{ name: 'name', value }])]);
    expect(await problems(promptId, [variable('name', narrowed)])).toEqual([`ask: ${problem}`]);
  });

  test("that makes a variable a type which the workflow's input can't be", async () => {
    const promptId = await createPrompt('letter', '{{ a }}{{ b }}{{ c }}{{ d }}', ['a', 'b', 'c', 'd'].map((name) => ({ name, type: 'JSON' as const })));
    const inputs = [workflowInput('words'), workflowInput('size', { type: 'NUMBER' }), workflowInput('flag', { type: 'BOOLEAN' }), workflowInput('any', { type: 'JSON' })];
    const from = { a: 'inputs.words', b: 'inputs.size', c: 'inputs.flag', d: 'inputs.any' };
    await createWorkflow([step(promptId, Object.entries(from).map(([name, reference]) => ({ name, from: reference })))], inputs);
    const all = (type: PromptVariable['type'], more: Partial<PromptVariable> = {}) => ['a', 'b', 'c', 'd'].map((name) => variable(name, { type, ...more }));
    const broken = async (...change: Parameters<typeof all>) => (await problems(promptId, all(...change))).map((problem) => /"(\w)"/.exec(problem)?.[1]).join('');
    expect(await broken('NUMBER')).toBe('ac');
    expect(await broken('BOOLEAN')).toBe('ab');
    expect(await broken('LIST')).toBe('abc');
    expect(await broken('MESSAGES')).toBe('abc');
    expect(await broken('CHOICE', { allowedValues: ['x'] })).toBe('bc');
    // A template writes numbers and booleans out; which values come within a limit is not known beforehand.
    expect(await broken('TEXT', { maxLength: 1, minLength: 1, pattern: 'x' })).toBe('');
    expect(await broken('NUMBER', { minimum: 5, maximum: 6 })).toBe('ac');
    expect((await problems(promptId, all('NUMBER')))[0]).toBe(
      'ask: "a" is a NUMBER and comes from the workflow\'s input "words", a TEXT. Change the input\'s type, or map another value.',
    );
  });

  test("that needs what the workflow's input or the step's constant may leave out", async () => {
    const promptId = await createPrompt('letter', '{{ a }}{{ b }}{{ c }}', ['a', 'b', 'c'].map((name) => ({ name, required: false })));
    const inputs = [workflowInput('maybe', { required: false }), workflowInput('default', { required: false, defaultValue: 'x' })];
    await createWorkflow([step(promptId, [{ name: 'a', from: 'inputs.maybe' }, { name: 'b', from: 'inputs.default' }, { name: 'c', value: null }])], inputs);
    expect(await problems(promptId, ['a', 'b', 'c'].map((name) => variable(name)))).toEqual([
      'ask: The prompt needs "a", which comes from the workflow\'s input "maybe", and that may be left out. Make the input required, or give it a default.',
      'ask: The step gives null for "c", which the prompt needs. Give a value.',
    ]);
  });

  test('only where it runs the prompt in the newest version of its workflow, and once for each step', async () => {
    const promptId = await createPrompt('letter', 'Hello');
    const other = await createPrompt('other', 'Hello');
    await createWorkflow([step(promptId, [], 'one'), step(other, [], 'two'), step(promptId, [], 'three')]);
    const id = await createWorkflow([step(promptId, [], 'past')], [], 'Old');
    await kit.workflows.update(ada, { id, definition: { inputs: [], maxParallel: 1, steps: [step(other)] } });
    expect((await problems(promptId, [variable('x')])).map((problem) => problem.split(':')[0])).toEqual(['one', 'three']);
  });
});

describe('a step is not broken', () => {
  test('by what is wrong with it already', async () => {
    const promptId = await createPrompt('letter', '{{ name }}', [{ name: 'name', required: false }]);
    await createWorkflow([step(promptId)]);
    await kit.commits.commit(ada, { promptId, branch: 'main', message: 'Needs it', messages: text('{{ name }}'), variables: [variable('name')] });
    expect(await problems(promptId, [variable('name', { maxLength: 5 })])).toEqual([]);
    expect(await problems(promptId, [variable('name'), variable('more')])).toHaveLength(1);
  });

  test('by values that other steps put out: nobody knows them beforehand', async () => {
    const promptId = await createPrompt('letter', '{{ name }}');
    await createWorkflow([step(await createPrompt('first', 'Hi'), [], 'first'), step(promptId, [{ name: 'name', from: 'steps.first.output' }])]);
    expect(await problems(promptId, [variable('name', { type: 'NUMBER' })])).toEqual([]);
  });

  test('by a change on another branch than main', async () => {
    const promptId = await createPrompt('letter', 'Hello');
    await createWorkflow([step(promptId)]);
    expect(await problems(promptId, [variable('x')], { branch: 'draft' })).toEqual([]);
  });

  test("of another workspace's workflow", async () => {
    const promptId = await createPrompt('letter', 'Hello');
    await createWorkflow([step(promptId)]);
    const eve = await createIdentity(kit.database);
    await expect(kit.promptBreaks.of(eve.workspaceId, { promptId, branch: 'main', after: { messages: text('x'), variables: [variable('x')] } })).resolves.toEqual([]);
  });
});

describe('a step that runs a prompt which includes the changed one', () => {
  let tone: string;

  beforeEach(async () => {
    tone = await createPrompt('shared/tone', 'Be kind.');
    await kit.database.prisma.promptBranch.create({
      data: { workspaceId: ada.workspaceId, promptId: tone, name: 'draft', headVersionId: (await kit.prompts.heads(ada.workspaceId, [tone])).get(tone)?.id ?? '' },
    });
    await kit.labels.set(ada, { promptId: tone, name: 'production', versionId: (await kit.prompts.heads(ada.workspaceId, [tone])).get(tone)?.id ?? '' });
    const atMain = await createPrompt('at-main', '{% prompt "shared/tone", branch: "main" %}');
    const atDraft = await createPrompt('at-draft', '{% prompt "shared/tone", branch: "draft" %}');
    const atLabel = await createPrompt('at-label', '{% prompt "shared/tone" %}');
    const atVersion = await createPrompt('at-version', '{% prompt "shared/tone", version: "1.0.0" %}');
    const nested = await createPrompt('nested', '{% prompt "at-main", branch: "main" %}');
    const steps = { main: atMain, draft: atDraft, label: atLabel, version: atVersion, nested };
    await createWorkflow(Object.entries(steps).map(([key, promptId]) => step(promptId, [], key)));
  });

  const broken = async (places: { branch?: string; label?: string }) => (await problems(tone, [variable('mood')], places)).map((problem) => problem.split(':')[0]).sort();

  test('is broken, too, where that includes it from the branch, however deep', async () => {
    expect(await broken({})).toEqual(['main', 'nested']);
    expect(await broken({ branch: 'draft' })).toEqual(['draft']);
    expect(await problems(tone, [variable('mood')], { branch: 'draft' })).toEqual([
      'draft: The step runs at-draft, which includes this prompt. The step gives no value for "mood", which the prompt needs. Add an input of this name to the step.',
    ]);
  });

  test('is broken, too, where that includes it at a label that moves along', async () => {
    expect(await broken({ label: 'production' })).toEqual(['label', 'main', 'nested']);
    expect(await broken({ label: 'staging' })).toEqual(['main', 'nested']);
  });
});

describe('a step that names where it takes its prompt from', () => {
  const at = (promptId: string, place: object, key: string) => ({ ...step(promptId, [], key), settings: { promptId, at: place } });
  const broken = async (promptId: string, places: { branch?: string; label?: string }) => {
    const found = await kit.promptBreaks.of(ada.workspaceId, { promptId, ...places, after: { messages: text('x'), variables: [variable('mood')] } });
    return found.map(({ stepKey }) => stepKey);
  };

  test('is broken when that moves, not when main is committed to', async () => {
    const promptId = await createPrompt('letter', 'Hello');
    const versionId = (await kit.prompts.heads(ada.workspaceId, [promptId])).get(promptId)?.id ?? '';
    await kit.labels.set(ada, { promptId, name: 'production', versionId });
    await kit.database.prisma.promptBranch.create({ data: { workspaceId: ada.workspaceId, promptId, name: 'draft', headVersionId: versionId } });
    const places = { label: { label: 'production' }, version: { version: '1.0.0' }, branch: { branch: 'draft' } };
    await createWorkflow([step(promptId, [], 'main'), ...Object.entries(places).map(([key, place]) => at(promptId, place, key))]);
    expect(await broken(promptId, { branch: 'main' })).toEqual(['main']);
    expect(await broken(promptId, { branch: 'draft' })).toEqual(['branch']);
    expect(await broken(promptId, { label: 'production' })).toEqual(['label']);
    expect(await broken(promptId, { branch: 'main', label: 'production' })).toEqual(['main', 'label']);
  });

  test('or includes the prompt in its own content is broken by what changes there, and counts as a use', async () => {
    const promptId = await createPrompt('shared/tone', 'Be kind.');
    const settings = { inline: { messages: [{ role: 'USER', content: '{% prompt "shared/tone", branch: "main" %}' }] }, model: { model: 'simulated/extract' } };
    await createWorkflow([{ ...step(promptId, [], 'own'), settings }]);
    expect(await broken(promptId, { label: 'production' })).toEqual([]);
    expect(await problems(promptId, [variable('mood')])).toEqual([
      'own: The step includes this prompt. The step gives no value for "mood", which the prompt needs. Add an input of this name to the step.',
    ]);
    expect(await kit.promptUses.of(ada.workspaceId, promptId)).toEqual([{ workflow: 'Letters', step: 'Step own' }]);
  });
});
