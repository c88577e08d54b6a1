import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type WorkflowDefinitionInput, type WorkflowInputInput, type WorkflowStepInput } from '../../../schema/workflow-definition.js';
import { type CreateWorkflowInput } from '../../../schema/workflows.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.js';
import { type AuthoringKit, startAuthoringKit } from '../../testing/authoring-kit.js';
import { createIdentity } from '../../testing/test-identity.js';
import { type Identity } from '../auth/identity.js';

let kit: AuthoringKit;
let database: AuthoringKit['database'];
let prompts: AuthoringKit['prompts'];
let workflows: AuthoringKit['workflows'];
let ada: Identity;
let promptId: string;

beforeAll(async () => {
  kit = await startAuthoringKit();
  ({ database, prompts, workflows } = kit);
});

beforeEach(async () => {
  ada = await createIdentity(database);
  promptId = await createPrompt('Summarise {{ text }} for {{ reader }}');
});

afterAll(() => kit.stop());

async function createPrompt(content: string, owner = ada): Promise<string> {
  const input = { name: `P ${randomUUID()}`, description: '', kind: 'TEXT', messages: [{ role: 'USER', content }], message: 'First' } as const;
  return (await prompts.create(owner, { ...input, messages: [...input.messages] })).id;
}

const input = (name: string, more: Partial<WorkflowInputInput> = {}): WorkflowInputInput => ({ name, type: 'TEXT', required: true, description: '', ...more });

const transform = (key: string, more: Partial<WorkflowStepInput> = {}): WorkflowStepInput => ({
  key,
  name: `Step ${key}`,
  type: 'TRANSFORM',
  dependsOn: [],
  inputs: [],
  settings: { expression: '1' },
  timeoutMs: 120_000,
  ...more,
});

const prompt = (key: string, more: Partial<WorkflowStepInput> = {}): WorkflowStepInput =>
  transform(key, {
    type: 'PROMPT',
    settings: { promptId },
    inputs: [{ name: 'text', from: 'inputs.document' }, { name: 'reader', value: 'a child' }],
    ...more,
  });

const definition = (steps: WorkflowStepInput[], more: Partial<WorkflowDefinitionInput> = {}): WorkflowDefinitionInput => ({
  inputs: [input('document')],
  maxParallel: 4,
  steps,
  ...more,
});

const workflow = (changes: Partial<CreateWorkflowInput> = {}): CreateWorkflowInput => ({
  name: 'Digest',
  description: '',
  definition: definition([prompt('summarise')]),
  message: 'First version',
  ...changes,
});

const create = (steps: WorkflowStepInput[], more: Partial<WorkflowDefinitionInput> = {}) => workflows.create(ada, workflow({ definition: definition(steps, more) }));

async function problemsOf(work: Promise<unknown>): Promise<Record<string, string>> {
  const error = await work.then(() => undefined, (reason: unknown) => reason);
  if (!(error instanceof InvalidInputError)) throw new Error(`Not refused as bad input: ${String(error)}`);
  return Object.fromEntries(error.fields.map(({ field, message }) => [field.replace('input.definition.', ''), message]));
}

describe('a new workflow', () => {
  test('starts with version 1, its definition complete with defaults and dependencies', async () => {
    const steps = [
      transform('join', { dependsOn: ['other'], inputs: [{ name: 'summary', from: 'steps.summarise.output.parts[0]' }, { name: 'none', value: null }] }),
      prompt('summarise'),
      transform('other', { retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } }),
    ];
    const { id } = await create(steps);
    const head = await workflows.headVersion(ada.workspaceId, id);
    expect(head).toMatchObject({ workflowId: id, number: 1, message: 'First version', authorId: ada.userId });
    expect(head.definition).toEqual({
      inputs: [{ name: 'document', type: 'TEXT', required: true, description: '' }],
      maxParallel: 4,
      steps: [
        {
          key: 'join',
          name: 'Step join',
          type: 'TRANSFORM',
          dependsOn: ['summarise', 'other'],
          inputs: [{ name: 'summary', from: 'steps.summarise.output.parts[0]' }, { name: 'none', value: null }],
          settings: { expression: '1' },
          join: 'ALL',
          branches: [],
          onError: { action: 'STOP' },
          onUnknownOutcome: 'RETRY',
          retry: { maxAttempts: 3, initialDelayMs: 1_000, maxDelayMs: 30_000 },
          timeoutMs: 120_000,
        },
        expect.objectContaining({ key: 'summarise', dependsOn: [], settings: { promptId } }),
        expect.objectContaining({ key: 'other', dependsOn: [], retry: { maxAttempts: 1, initialDelayMs: 0, maxDelayMs: 0 } }),
      ],
    });
    expect(await workflows.version(ada.workspaceId, head.id)).toEqual(head);
  });

  test('needs a name of its own in its workspace', async () => {
    await workflows.create(ada, workflow());
    expect(await problemsOf(workflows.create(ada, workflow({ name: ' Digest ' })))).toEqual({
      'input.name': 'There is a workflow named Digest already. Choose another name.',
    });
    expect(await database.prisma.workflowVersion.count({ where: { workspaceId: ada.workspaceId } })).toBe(1);
  });

  test('with 40 prompts is checked with one query for all of them', async () => {
    const before = kit.queryCount();
    await create([prompt('first')]);
    const forOne = kit.queryCount() - before;
    const steps = Array.from({ length: 40 }, (_, index) => prompt(`s${index}`));
    await workflows.create(ada, workflow({ name: 'Long', definition: definition(steps) }));
    expect(kit.queryCount() - before - forOne).toBe(forOne);
  });
});

describe('a definition is refused', () => {
  test('with everything that is wrong named at once', async () => {
    const problems = await problemsOf(
      workflows.create(ada, {
        name: '',
        description: '\0',
        message: 'x',
        definition: definition(
          [
            prompt('a', { inputs: [{ name: 'text', from: 'inputs.missing' }], timeoutMs: 0 }),
            transform('b', { dependsOn: ['b', 'gone'], settings: { expression: '1 +' } }),
          ],
          { inputs: [input('document', { type: 'NUMBER', defaultValue: 'x' })], maxParallel: 17 },
        ),
      }),
    );
    expect(Object.keys(problems).sort()).toEqual([
      'input.description', 'input.name', 'inputs.0.defaultValue', 'maxParallel', 'steps.0.inputs', 'steps.0.inputs.0.from', 'steps.0.timeoutMs',
      'steps.1.dependsOn.0', 'steps.1.dependsOn.1', 'steps.1.settings.expression',
    ]);
  });

  test('for a cycle, whether it comes from references or from stated dependencies', async () => {
    const refer = (to: string) => [{ name: 'x', from: `steps.${to}.output` }];
    expect(await problemsOf(create([transform('a', { inputs: refer('c') }), transform('b', { dependsOn: ['a'] }), transform('c', { inputs: refer('b') })]))).toEqual({
      'steps.1.dependsOn.0': 'These steps wait for one another without end: a → c → b → a. Take one of the dependencies out.',
    });
    expect(await problemsOf(create([transform('a', { inputs: refer('a') })]))).toEqual({ 'steps.0.inputs.0.from': 'A step can not wait for itself.' });
  });

  test('for a reference to what is not there, or that can not be read', async () => {
    const from = (text: string) => problemsOf(create([transform('a', { inputs: [{ name: 'x', from: text }] }), transform('b')]));
    expect(await from('inputs.missing')).toEqual({ 'steps.0.inputs.0.from': 'The workflow has no input "missing". It has document.' });
    expect(await from('steps.missing.output')).toEqual({ 'steps.0.inputs.0.from': 'There is no step "missing". There are b.' });
    expect(await from('b.output')).toEqual({ 'steps.0.inputs.0.from': expect.stringMatching(/^Write `inputs/) });
  });

  test('for an input that has neither a source nor a value, or both', async () => {
    expect(await problemsOf(create([transform('a', { inputs: [{ name: 'x' }, { name: 'y', from: null }, { name: 'z', from: 'inputs.document', value: 1 }] })]))).toEqual({
      'steps.0.inputs.0': 'Give `from`, what the value is taken from, or a constant `value`.',
      'steps.0.inputs.1': 'Give `from`, what the value is taken from, or a constant `value`.',
      'steps.0.inputs.2': 'Give `from` or `value`, not both.',
    });
    await expect(create([transform('a', { inputs: [{ name: 'x', from: 'inputs.document', value: null }] })])).resolves.toBeDefined();
  });

  test('for a name that is used twice, or that references can not spell', async () => {
    const inputs = [input('document'), input('document'), input('a-b')];
    const steps = [transform('same', { inputs: [{ name: 'x', value: 1 }, { name: 'x', value: 2 }, { name: '1', value: 3 }] }), transform('same'), transform('ä'), transform('a'.repeat(51))];
    expect(Object.keys(await problemsOf(create(steps, { inputs }))).sort()).toEqual([
      'inputs.1.name', 'inputs.2.name', 'steps.0.inputs.1.name', 'steps.0.inputs.2.name', 'steps.1.key', 'steps.2.key', 'steps.3.key',
    ]);
  });

  test('for no steps, too many of them, and numbers out of their range', async () => {
    expect(await problemsOf(create([]))).toEqual({ steps: 'Add a step.' });
    expect(await problemsOf(create(Array.from({ length: 201 }, (_, index) => transform(`s${index}`))))).toEqual({ steps: 'Keep this to 200 steps.' });
    expect(await problemsOf(create([transform('a', { timeoutMs: 3_600_001, retry: { maxAttempts: 11, initialDelayMs: -1, maxDelayMs: 86_400_001 } })], { maxParallel: 0 }))).toEqual({
      maxParallel: 'Give a whole number from 1 to 16.',
      'steps.0.timeoutMs': 'Give a whole number from 1 to 3600000.',
      'steps.0.retry.maxAttempts': 'Give a whole number from 1 to 10.',
      'steps.0.retry.initialDelayMs': 'Give a whole number from 0 to 3600000.',
      'steps.0.retry.maxDelayMs': 'Give a whole number from 0 to 86400000.',
    });
    expect(await problemsOf(create([transform('a', { retry: { maxAttempts: 2, initialDelayMs: 2, maxDelayMs: 1 } })]))).toEqual({
      'steps.0.retry.maxDelayMs': 'Give at least initialDelayMs.',
    });
  });

  test('for text and constants that can not be stored', async () => {
    const steps = [transform('a', { name: 'x\0', inputs: [{ name: 'x', value: { deep: ['\ud800'] } }, { name: 'y', value: 'x'.repeat(100_001) }, { name: 'z', value: 2 ** 53 }] })];
    expect(Object.keys(await problemsOf(create(steps)))).toEqual(expect.arrayContaining(['steps.0.name', 'steps.0.inputs.0.value', 'steps.0.inputs.1.value', 'steps.0.inputs.2.value']));
  });
});

describe('a PROMPT step', () => {
  test('needs a value for every variable of its prompt, and takes no other', async () => {
    expect(await problemsOf(create([prompt('a', { inputs: [{ name: 'text', value: 'x' }, { name: 'tone', value: 'y' }] })]))).toEqual({
      'steps.0.inputs': 'The prompt\'s variable "reader" has no value: add an input of this name.',
      'steps.0.inputs.1.name': 'Version 1.0.0 of the prompt has no variable "tone". It has text, reader.',
    });
    const bare = await createPrompt('No variables');
    expect(await problemsOf(create([prompt('a', { settings: { promptId: bare }, inputs: [{ name: 'text', value: 'x' }] })]))).toEqual({
      'steps.0.inputs.0.name': 'Version 1.0.0 of the prompt has no variable "text". It has none: take this input out.',
    });
  });

  test('needs no value for a variable that is optional or has a default', async () => {
    const variables = [{ name: 'text' }, { name: 'reader', defaultValue: 'everybody' }, { name: 'tone', required: false }];
    await kit.commits.commit(ada, { promptId, branch: 'main', message: 'Kinder', messages: [{ role: 'USER', content: 'Summarise {{ text }} for {{ reader }} {{ tone }}' }], variables });
    await expect(create([prompt('a', { inputs: [{ name: 'text', value: 'x' }] })])).resolves.toBeDefined();
  });

  test('follows the newest version of its prompt', async () => {
    await kit.commits.commit(ada, { promptId, branch: 'main', message: 'Less', messages: [{ role: 'USER', content: 'Summarise {{ text }}' }], variables: [] });
    await expect(create([prompt('a', { inputs: [{ name: 'text', value: 'x' }] })])).resolves.toBeDefined();
  });

  test('uses a prompt of its own workspace', async () => {
    const foreign = await createPrompt('Hi', await createIdentity(database, 'Bob'));
    for (const id of [foreign, randomUUID()]) {
      expect(await problemsOf(create([prompt('a', { settings: { promptId: id }, inputs: [] })]))).toEqual({
        'steps.0.settings.promptId': 'This workspace has no such prompt. Choose another one.',
      });
    }
  });

  test('may name model settings of its own, which are checked', async () => {
    const { id } = await create([prompt('a', { settings: { promptId, model: { model: 'simulated/echo', temperature: 1, topP: null } } })]);
    const { steps } = (await workflows.headVersion(ada.workspaceId, id)).definition;
    expect(steps[0]?.settings).toEqual({ promptId, model: { model: 'simulated/echo', temperature: 1 } });
    const settings = async (model: unknown) => Object.keys(await problemsOf(create([prompt('a', { settings: { promptId, model } })])));
    expect(await settings({ model: 'nobody/x' })).toEqual(['steps.0.settings.model.model']);
    expect(await settings({ model: 'simulated/echo', topP: 2 })).toEqual(['steps.0.settings.model.topP']);
    expect(await settings('simulated/echo')).toEqual(['steps.0.settings.model']);
  });

  test.each([
    ['nothing', null, { 'steps.0.settings': 'Give an object such as { "promptId": "…" }.' }],
    ['a list', [], { 'steps.0.settings': 'Give an object such as { "promptId": "…" }.' }],
    ['no prompt', {}, { 'steps.0.settings.promptId': 'Choose a prompt.' }],
    ['no id', { promptId: 'x\0' }, { 'steps.0.settings.promptId': 'Choose a prompt.' }],
  ])('with %s for settings is refused', async (_what, settings, problems) => {
    expect(await problemsOf(create([prompt('a', { settings })]))).toEqual(problems);
  });

  test('with a setting that there is not is refused', async () => {
    expect(await problemsOf(create([prompt('a', { settings: { promptId, colour: 1 } })]))).toEqual({ 'steps.0.settings': 'There is no setting named colour.' });
  });
});

describe('a TRANSFORM step', () => {
  test.each([
    ['an expression that ends too early', { expression: '$sum(' }],
    ['an empty expression', { expression: ' ' }],
    ['no expression', {}],
    ['an expression that is no text', { expression: 1 }],
    ['an expression without end', { expression: '('.repeat(9_999) }],
    ['an expression that is too long', { expression: `"${'x'.repeat(10_000)}"` }],
    ['an expression that can not be stored', { expression: '"\0"' }],
  ])('with %s is refused', async (_what, settings) => {
    expect(Object.keys(await problemsOf(create([transform('a', { settings })])))).toEqual(['steps.0.settings.expression']);
  });
});

describe('saving', () => {
  const headOf = (id: string) => workflows.headVersion(ada.workspaceId, id);

  test('a changed definition makes the next version and leaves the old one as it was', async () => {
    const { id } = await create([transform('a')]);
    const first = await headOf(id);
    await workflows.update(ada, { id, expectedNumber: 1, definition: definition([transform('a'), transform('b')]), message: 'Add b' });
    await workflows.update(ada, { id, definition: definition([transform('b')]) });
    const { edges } = await workflows.versions(ada.workspaceId, id, { first: 5 });
    expect(edges.map(({ node }) => [node.number, node.message])).toEqual([[3, 'Version 3'], [2, 'Add b'], [1, 'First version']]);
    expect(await workflows.version(ada.workspaceId, first.id)).toEqual(first);
  });

  test('the same definition makes none, nor does a new name or description', async () => {
    const { id } = await create([transform('a')]);
    const same = await workflows.update(ada, { id, definition: definition([transform('a', { retry: { maxDelayMs: 30_000, maxAttempts: 3, initialDelayMs: 1_000 } })]) });
    expect(same).toMatchObject({ name: 'Digest', latestNumber: 1 });
    const renamed = await workflows.update(ada, { id, name: ' Other ', description: 'What it does', definition: definition([transform('a')]) });
    expect(renamed).toMatchObject({ name: 'Other', description: 'What it does', latestNumber: 1 });
    expect(await workflows.get(ada.workspaceId, id)).toEqual(renamed);
    expect(await database.prisma.workflowVersion.count({ where: { workspaceId: ada.workspaceId } })).toBe(1);
  });

  test('what began from another version is a conflict', async () => {
    const { id } = await create([transform('a')]);
    await workflows.update(ada, { id, definition: definition([transform('b')]) });
    for (const change of [{ name: 'Other' }, { definition: definition([transform('c')]) }]) {
      await expect(workflows.update(ada, { id, expectedNumber: 1, ...change })).rejects.toThrow('Version 2 was saved since you began to edit.');
    }
    expect(await workflows.get(ada.workspaceId, id)).toMatchObject({ name: 'Digest', latestNumber: 2 });
  });

  test('of several at once each is a version of its own or a conflict', async () => {
    const { id } = await create([transform('a')]);
    const saves = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => workflows.update(ada, { id, definition: definition([transform(`s${index}`)]) })));
    for (const save of saves) if (save.status === 'rejected') expect(save.reason).toBeInstanceOf(ConflictError);
    const won = saves.filter(({ status }) => status === 'fulfilled').length;
    expect(won).toBeGreaterThanOrEqual(1);
    const numbers = (await database.prisma.workflowVersion.findMany({ where: { workspaceId: ada.workspaceId }, orderBy: { number: 'asc' } })).map(({ number }) => number);
    expect(numbers).toEqual(Array.from({ length: won + 1 }, (_, index) => index + 1));
    expect((await headOf(id)).number).toBe(won + 1);
  });

  test('a name that is taken changes nothing', async () => {
    const { id } = await create([transform('a')]);
    await workflows.create(ada, workflow({ name: 'Taken' }));
    expect(await problemsOf(workflows.update(ada, { id, name: 'Taken', definition: definition([transform('b')]) }))).toEqual({
      'input.name': 'There is a workflow named Taken already. Choose another name.',
    });
    expect((await headOf(id)).number).toBe(1);
  });

  test('a definition is checked as at the start', async () => {
    const { id } = await create([transform('a')]);
    expect(await problemsOf(workflows.update(ada, { id, name: ' ', definition: definition([transform('a', { dependsOn: ['a'] })]) }))).toEqual({
      'input.name': 'This must not be empty.',
      'steps.0.dependsOn.0': 'A step can not wait for itself.',
    });
  });
});

describe('reading', () => {
  test('nothing of another workspace is found or changed', async () => {
    const { id } = await create([transform('a')]);
    const { id: versionId } = await workflows.headVersion(ada.workspaceId, id);
    const bob = await createIdentity(database, 'Bob');
    for (const work of [
      workflows.get(bob.workspaceId, id),
      workflows.headVersion(bob.workspaceId, id),
      workflows.version(bob.workspaceId, versionId),
      workflows.update(bob, { id, name: 'Mine' }),
      workflows.get(ada.workspaceId, 'no id\0'),
    ]) {
      await expect(work).rejects.toThrow(NotFoundError);
    }
    expect((await workflows.list(bob.workspaceId, { first: 5 })).edges).toEqual([]);
    expect((await workflows.versions(bob.workspaceId, id, { first: 5 })).edges).toEqual([]);
  });

  test('the list is newest first, page by page, and searched in name and description', async () => {
    for (const name of ['Übersicht 100%', 'Two', 'Three']) await workflows.create(ada, workflow({ name, description: name === 'Two' ? 'In ÜBER' : '' }));
    const names = async (search?: string, after?: string | null) => {
      const { edges, pageInfo } = await workflows.list(ada.workspaceId, { first: 2, search, after });
      return { names: edges.map(({ node }) => node.name), next: pageInfo.hasNextPage ? pageInfo.endCursor : undefined };
    };
    const first = await names();
    expect(first.names).toEqual(['Three', 'Two']);
    expect(await names(undefined, first.next)).toEqual({ names: ['Übersicht 100%'], next: undefined });
    expect((await names('über')).names).toEqual(['Two', 'Übersicht 100%']);
    expect((await names('0%')).names).toEqual(['Übersicht 100%']);
    expect((await names('_')).names).toEqual([]);
  });
});
