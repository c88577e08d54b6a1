import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type CreatePromptInput } from '../../../schema/prompts.js';
import { type InputDefinition } from '../workflows/definition.js';
import { startSandbox } from '../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, transform } from '../../testing/execution-kit.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});
afterEach(() => kit.stop());
afterAll(() => sandbox.close());

async function createPrompt(path: string, content: string, more: Partial<CreatePromptInput> = {}): Promise<string> {
  const settings = { model: 'openai-compatible/test' };
  const messages = [{ role: 'USER' as const, content }];
  return (await kit.prompts.create(kit.identity, { name: path, path, description: '', kind: 'TEXT', message: 'First version', messages, settings, ...more })).id;
}

/** Puts `production` at the prompt's newest version. */
async function publish(promptId: string): Promise<void> {
  const { workspaceId, userId } = kit.identity;
  const versionId = (await kit.prompts.heads(workspaceId, [promptId])).get(promptId)?.id ?? '';
  const place = { promptId, name: 'production' };
  await kit.database.prisma.promptLabel.upsert({
    where: { promptId_name: place },
    create: { ...place, workspaceId, versionId, movedById: userId },
    update: { versionId },
  });
}

/** A text prompt, labelled production. */
async function createLabelled(path: string, content: string, more: Partial<CreatePromptInput> = {}): Promise<string> {
  const promptId = await createPrompt(path, content, more);
  await publish(promptId);
  return promptId;
}

const input = (name: string): InputDefinition => ({ name, type: 'JSON', required: false, description: '' });
const start = async (workflowId: string, inputs: object = {}) => (await kit.executions.execute(kit.identity, { workflowId, inputs })).id;

async function ended(executionId: string) {
  await kit.allEvents(executionId);
  return kit.executions.find(kit.identity, executionId);
}

const sent = () => kit.modelServer.requests.map(({ body }) => body.messages);

describe('what a prompt includes', () => {
  test('is pinned when the run starts, nested prompts too, and rendered from the pins', async () => {
    const inner = await createLabelled('shared/inner', 'inner {{ who }}');
    await createLabelled('shared/outer', 'outer [{% prompt "shared/inner" %}]');
    const promptId = await createPrompt('main', '{% prompt "shared/outer", label: "production" %} {{ who }}');
    const workflowId = await kit.createWorkflow({ inputs: [input('who')], steps: [promptStep('say', promptId, { who: 'inputs.who' })] });
    const executionId = await start(workflowId, { who: 'Ada' });
    // No runner has had it yet.
    await kit.database.prisma.promptLabel.deleteMany({ where: { promptId: inner } });
    kit.startRunner().ring(executionId);
    const execution = await ended(executionId);
    expect(execution.status).toBe('COMPLETED');
    expect(sent()).toEqual([[{ role: 'user', content: 'outer [inner Ada] Ada' }]]);
    expect(execution.lockfile.prompts.say?.references).toEqual([
      { path: 'shared/outer', kind: 'label', at: 'production', promptVersionId: expect.any(String), promptVersion: '1.0.0' },
      { path: 'shared/inner', kind: 'label', at: 'production', promptVersionId: expect.any(String), promptVersion: '1.0.0' },
    ]);
  });

  test('and is gone keeps a run from starting, and the step is named', async () => {
    const inner = await createLabelled('shared/inner', 'x');
    const promptId = await createPrompt('main', '{% prompt "shared/inner" %}');
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
    await kit.database.prisma.promptLabel.deleteMany({ where: { promptId: inner } });
    await expect(start(workflowId)).rejects.toThrow('Step "say" can\'t run. The prompt shared/inner has no label "production". It has no label yet.');
  });

  test('and wants a new variable by now keeps a run from starting until the step gives it, which it then can', async () => {
    await createLabelled('shared/inner', 'x');
    const promptId = await createPrompt('main', '{% prompt "shared/inner" %}');
    const workflowId = await kit.createWorkflow({ inputs: [input('who')], steps: [promptStep('say', promptId)] });
    await kit.database.prisma.prompt.deleteMany({ where: { path: 'shared/inner' } });
    await createLabelled('shared/inner', 'x {{ who }}');
    await expect(start(workflowId)).rejects.toThrow('Step "say" gives no value for who, which version 1.0.0 of its prompt wants.');
    const definition = { inputs: [input('who')], maxParallel: 1, steps: [promptStep('say', promptId, { who: 'inputs.who' })] };
    await kit.workflows.update(kit.identity, { id: workflowId, definition });
    kit.startRunner();
    expect((await ended(await start(workflowId, { who: 'Ada' }))).status).toBe('COMPLETED');
    expect(sent()).toEqual([[{ role: 'user', content: 'x Ada' }]]);
  });

  test('is nothing in a run from before prompts could include one another', async () => {
    const promptId = await createPrompt('main', 'Hello');
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
    const executionId = await start(workflowId);
    const row = await kit.database.prisma.execution.findUniqueOrThrow({ where: { id: executionId } });
    const before = row.lockfile.replace(',"references":[]', '');
    expect(before).not.toBe(row.lockfile);
    await kit.database.prisma.execution.update({ where: { id: executionId }, data: { lockfile: before } });
    kit.startRunner().ring(executionId);
    expect((await ended(executionId)).status).toBe('COMPLETED');
  });
});

describe('the values of a prompt', () => {
  test('may be lists, objects and messages; those that are optional or have a default need none', async () => {
    const variables: CreatePromptInput['variables'] = [
      { name: 'items', type: 'LIST' },
      { name: 'data', type: 'JSON' },
      { name: 'note', required: false },
      { name: 'tone', defaultValue: 'kind' },
    ];
    const messages: CreatePromptInput['messages'] = [
      { role: 'SYSTEM', content: '{% for item in items %}{{ item }};{% endfor %} {{ data.a }} {{ tone }}{{ note }}' },
      { role: 'PLACEHOLDER', content: 'history' },
      { role: 'PLACEHOLDER', content: 'more' },
    ];
    const promptId = await createPrompt('main', '', { kind: 'CHAT', messages, variables });
    const workflowId = await kit.createWorkflow({
      inputs: [input('history')],
      steps: [
        transform('make', '{ "items": [1, "two"], "a": true }'),
        promptStep('say', promptId, { items: 'steps.make.output.items', data: 'steps.make.output', history: 'inputs.history' }),
      ],
    });
    kit.startRunner();
    const executionId = await start(workflowId, { history: [{ role: 'user', content: 'Hi' }, { role: 'ASSISTANT', content: 'Yes?' }] });
    expect((await ended(executionId)).status).toBe('COMPLETED');
    expect(sent()).toEqual([[{ role: 'system', content: '1;two; true kind' }, { role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Yes?' }]]);
  });

  test('that do not fit fail the step for good, and say which they are', async () => {
    const promptId = await createPrompt('main', '{{ n }}', { variables: [{ name: 'n', type: 'NUMBER', minimum: 1 }, { name: 'list', type: 'LIST' }] });
    const workflowId = await kit.createWorkflow({ inputs: [input('n'), input('list')], steps: [promptStep('say', promptId, { n: 'inputs.n', list: 'inputs.list' })] });
    kit.startRunner();
    expect(await ended(await start(workflowId, { n: 0 }))).toMatchObject({
      status: 'FAILED',
      error: { code: 'INVALID_VALUES', stepKey: 'say', message: 'inputs.n: Give at least 1. inputs.list: Give a value: the prompt needs it.' },
    });
    expect(kit.modelServer.requests).toEqual([]);
  });

  test('that the newest version asks for no more do no harm', async () => {
    const promptId = await createPrompt('main', '{{ a }} {{ b }}');
    const workflowId = await kit.createWorkflow({ inputs: [input('a')], steps: [promptStep('say', promptId, { a: 'inputs.a', b: 'inputs.a' })] });
    const content = JSON.stringify({ kind: 'TEXT', messages: [{ id: 'm1', role: 'USER', content: '{{ a }}' }], variables: [{ name: 'a' }], settings: { model: 'openai-compatible/test' } });
    await kit.database.prisma.promptVersion.updateMany({ where: { promptId }, data: { content } });
    kit.startRunner();
    expect((await ended(await start(workflowId, { a: 'A' }))).status).toBe('COMPLETED');
  });
});

test('A seed and stop sequences are pinned and sent', async () => {
  const settings = { model: 'openai-compatible/test', seed: 7, stopSequences: ['END'] };
  const promptId = await createPrompt('main', 'Hello', { settings });
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [promptStep('say', promptId)] });
  kit.startRunner();
  expect((await ended(await start(workflowId))).lockfile.prompts.say?.settings).toEqual(settings);
  expect(kit.modelServer.requests[0]?.body).toMatchObject({ seed: 7, stop: ['END'] });
});
