import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type PreviewWorkflowInput } from '../../../../schema/workflow-previews.js';
import { type WorkflowStepInput } from '../../../../schema/workflow-definition.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, promptStep, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { createIdentity } from '../../../testing/test-identity.js';
import { type Identity } from '../../auth/identity.js';
import { type ExecutionEvent } from '../execution.types.js';
import { type WorkflowPreviews } from './preview.service.js';

let kit: ExecutionKit;
let previews: WorkflowPreviews;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
  previews = kit.startPreviews();
});

afterEach(() => kit.stop());
afterAll(() => sandbox.close());

const text = { name: 'text', type: 'TEXT', required: true, description: '' } as const;

type Trial = Partial<Omit<PreviewWorkflowInput, 'definition'>>;

async function begin(steps: WorkflowStepInput[], { inputs, ...rest }: Trial = {}, from: WorkflowPreviews = previews) {
  const { preview, findings } = await from.start(kit.identity, { definition: { inputs: inputs ? [text] : [], maxParallel: 4, steps }, inputs, ...rest });
  if (!preview) throw new Error(JSON.stringify(findings));
  return preview;
}

async function eventsOf(events: AsyncIterable<ExecutionEvent>): Promise<ExecutionEvent[]> {
  const seen: ExecutionEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}

async function attempt(steps: WorkflowStepInput[], trial?: Trial) {
  const preview = await begin(steps, trial);
  const events = await eventsOf(previews.follow(kit.identity, preview.execution.id, 0));
  return {
    preview,
    events,
    output: preview.execution.output,
    types: events.map(({ type, stepKey }) => (stepKey ? `${type} ${stepKey}` : type)),
    logs: events.filter(({ type }) => type === 'STEP_LOG').map(({ payload }) => payload.message),
  };
}

const chain = [
  transform('words', '$split(text, " ")', { text: 'inputs.text' }),
  transform('count', '$count(words)', { words: 'steps.words.output' }),
  transform('report', 'first & " of " & $string(count)', { first: 'steps.words.output[0]', count: 'steps.count.output' }),
];

async function historyRows(): Promise<number[]> {
  const { execution, stepExecution, executionEvent, workflow } = kit.database.prisma;
  return Promise.all([execution.count(), stepExecution.count(), executionEvent.count(), workflow.count()]);
}

describe('a whole definition', () => {
  test('runs as a run would, with the same events, and leaves no trace', async () => {
    const { output, types, events } = await attempt(chain, { inputs: { text: 'one two three' } });
    expect(output).toBe('one of 3');
    expect(types).toEqual([
      'EXECUTION_QUEUED',
      'EXECUTION_STARTED',
      ...['words', 'count', 'report'].flatMap((key) => [`STEP_STARTED ${key}`, `STEP_COMPLETED ${key}`]),
      'EXECUTION_COMPLETED',
    ]);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
    expect(await historyRows()).toEqual([0, 0, 0, 0]);
  });

  test('streams what a model says, and keeps what it was sent and what that used', async () => {
    const promptId = await kit.createPrompt('Greet', 'Say hello to {{ who }}.');
    kit.modelServer.reply({ kind: 'ok', tokens: ['Hel', 'lo ', 'Ada'], delayMs: 40 });
    const { events, preview } = await attempt([promptStep('greet', promptId, { who: 'inputs.text' })], { inputs: { text: 'Ada' } });
    const streamed = events.filter(({ type }) => type === 'STEP_OUTPUT').map(({ payload }) => payload.text);
    expect(streamed.join('')).toBe('Hello Ada');
    expect(streamed.length).toBeGreaterThan(1);
    expect(preview.steps[0]).toMatchObject({ usage: { inputTokens: 11, outputTokens: 3 }, details: { messages: [{ role: 'USER', content: 'Say hello to Ada.' }] } });
  });

  test('tries a failed call again after its pause, and ends with the failure of a step', async () => {
    const promptId = await kit.createPrompt('Greet', 'Hello');
    const retry = { maxAttempts: 2, initialDelayMs: 20, maxDelayMs: 20 };
    kit.modelServer.reply({ kind: 'status', status: 500 }, { kind: 'ok', tokens: ['Hello'] });
    const { types, output } = await attempt([promptStep('greet', promptId, {}, { retry })]);
    expect(types).toContain('STEP_RETRY_SCHEDULED greet');
    expect(output).toBe('Hello');
    const failed = await attempt([transform('bad', '$error("No luck")')]);
    expect(failed.preview.execution).toMatchObject({ status: 'FAILED', error: { stepKey: 'bad', message: expect.stringContaining('No luck') } });
  });

  test('passes over a wait of a year at once, and says so', async () => {
    const { output, logs } = await attempt([step('later', 'DELAY', { durationMs: 365 * 86_400_000 }), transform('end', '"done"', {}, { dependsOn: ['later'] })]);
    expect(output).toBe('done');
    expect(logs).toEqual([expect.stringContaining('A preview does not wait: a run would go on at')]);
  });

  test('asks nobody for an approval, and goes on as if it were approved', async () => {
    const steps = [step('ask', 'APPROVAL', { title: 'Publish?' }), transform('end', '"published"', {}, { branches: [{ step: 'ask', outcome: 'approved' }] })];
    const { output, logs } = await attempt(steps);
    expect(output).toBe('published');
    expect(logs).toEqual([expect.stringContaining('A preview asks nobody')]);
  });

  test('runs the items of a MAP and a called workflow in memory, within one another', async () => {
    const called = await kit.createWorkflow({ inputs: [{ ...text, name: 'n', type: 'NUMBER' }], steps: [transform('double', 'n * 2', { n: 'inputs.n' })] });
    const before = await historyRows();
    const call = step('call', 'WORKFLOW', { workflowId: called }, { inputs: [{ name: 'n', from: 'item' }] });
    const each = step('each', 'MAP', { steps: [call], maxParallel: 3 }, { inputs: [{ name: 'items', value: [1, 2, 3, 4, 5] }] });
    expect((await attempt([each])).output).toEqual([2, 4, 6, 8, 10]);
    expect(await historyRows()).toEqual(before);
  });

  test('ends with the item of a MAP that fails', async () => {
    const each = step('each', 'MAP', { steps: [transform('check', 'item = 3 ? $error("Three") : item', { item: 'item' })], maxParallel: 2 }, { inputs: [{ name: 'items', value: [1, 2, 3, 4] }] });
    expect((await attempt([each])).preview.execution).toMatchObject({ status: 'FAILED', error: { code: 'CHILD_FAILED', stepKey: 'each', message: expect.stringContaining('Three') } });
  });

  test('really calls what WEBHOOK steps call', async () => {
    let calls = 0;
    const server = createServer((_request, response) => response.end(`${++calls}`));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const { output } = await attempt([step('call', 'WEBHOOK', { method: 'GET', url })]);
    server.close();
    server.closeAllConnections();
    expect(output).toMatchObject({ status: 200, body: '1' });
    expect(calls).toBe(1);
  });
});

describe('a part of a definition', () => {
  test('up to a step, what that needs is run and nothing else, whatever is wrong elsewhere', async () => {
    const steps = [...chain, transform('broken', '(((', { what: 'inputs.nothing' })];
    const { types, output } = await attempt(steps, { inputs: { text: 'a b' }, toStep: 'count' });
    expect(output).toBe(2);
    expect(types.filter((type) => type.startsWith('STEP_STARTED'))).toEqual(['STEP_STARTED words', 'STEP_STARTED count']);
  });

  test('one step is run alone on what those before it gave earlier', async () => {
    const { types, output } = await attempt(chain, { inputs: { text: 'unused' }, onlyStep: 'report', outputs: [{ stepKey: 'words', output: ['x'] }, { stepKey: 'count', output: 9 }] });
    expect(output).toBe('x of 9');
    expect(types.filter((type) => type.startsWith('STEP_STARTED'))).toEqual(['STEP_STARTED report']);
  });

  test('one step alone is refused when the outputs do not let it run', async () => {
    await expect(attempt(chain, { inputs: { text: '' }, onlyStep: 'report', outputs: [{ stepKey: 'words', output: ['x'] }] })).rejects.toMatchObject({
      fields: [{ field: 'input.outputs', message: expect.stringContaining('Run to this step first') }],
    });
    await expect(attempt(chain, { inputs: { text: '' }, toStep: 'nowhere' })).rejects.toMatchObject({ fields: [{ field: 'input.toStep' }] });
  });

  test('what is wrong with it is told at its place in the whole definition, and nothing is begun', async () => {
    const steps = [transform('unrelated', '1'), transform('bad', '((('), transform('after', 'b', { b: 'steps.bad.output' })];
    const { findings, preview } = await previews.start(kit.identity, { definition: { inputs: [], maxParallel: 1, steps }, toStep: 'after' });
    expect(preview).toBeUndefined();
    expect(findings).toEqual([{ field: 'steps.1.settings.expression', message: expect.any(String), stepKey: 'bad', severity: 'ERROR' }]);
  });

  test('values that do not fit the inputs are refused, each by name', async () => {
    await expect(attempt(chain, { inputs: {} })).rejects.toMatchObject({ fields: [{ field: 'input.inputs.text' }] });
  });
});

describe('a pinned step', () => {
  test('is not run and gives what it is pinned to, branches included', async () => {
    const promptId = await kit.createPrompt('Greet', 'Hello');
    const steps = [
      promptStep('greet', promptId),
      step('polite', 'CONDITION', { expression: 'false' }),
      transform('yes', 'said', { said: 'steps.greet.output' }, { branches: [{ step: 'polite', outcome: 'true' }] }),
      transform('no', '"no"', {}, { branches: [{ step: 'polite', outcome: 'false' }] }),
    ];
    const { output, logs, types } = await attempt(steps, { pinned: [{ stepKey: 'greet', output: 'Good day' }, { stepKey: 'polite', output: true }] });
    expect(output).toBe('Good day');
    expect(types).toContain('STEP_SKIPPED no');
    expect(logs).toEqual(Array(2).fill(expect.stringContaining('pinned')));
    expect(kit.modelServer.requests).toEqual([]);
  });

  test('saves, up to a step, what only it needs', async () => {
    const { output, types } = await attempt(chain, { inputs: { text: 'a' }, toStep: 'count', pinned: [{ stepKey: 'words', output: [1, 2, 3] }] });
    expect(output).toBe(3);
    const further = await attempt([transform('costly', '1'), ...chain.map((each, index) => (index === 0 ? { ...each, dependsOn: ['costly'] } : each))], {
      inputs: { text: 'a' },
      toStep: 'count',
      pinned: [{ stepKey: 'words', output: [] }],
    });
    expect(types).toContain('STEP_STARTED words');
    expect(further.types.filter((type) => type.startsWith('STEP_STARTED'))).toEqual(['STEP_STARTED words', 'STEP_STARTED count']);
  });
});

describe('an end before its time', () => {
  let prompts = 0;

  async function hanging(from?: WorkflowPreviews) {
    const promptId = await kit.createPrompt(`Greet ${++prompts}`, 'Hello');
    kit.modelServer.reply({ kind: 'hang' });
    return begin([promptStep('greet', promptId)], {}, from);
  }

  async function untilStarted(events: AsyncIterable<ExecutionEvent>): Promise<void> {
    for await (const { type } of events) if (type === 'STEP_STARTED') return;
  }

  test('a preview that is cancelled ends its model call', async () => {
    const { execution } = await hanging();
    await untilStarted(previews.follow(kit.identity, execution.id, 0));
    previews.cancel(kit.identity, execution.id);
    const types = (await eventsOf(previews.follow(kit.identity, execution.id, 0))).map(({ type }) => type);
    expect(types.slice(-2)).toEqual(['STEP_CANCELLED', 'EXECUTION_CANCELLED']);
    previews.cancel(kit.identity, execution.id);
  });

  test('one whose last follower has left is ended soon', async () => {
    const hasty = kit.startPreviews({ abandonedMs: 20 });
    const preview = await hanging(hasty);
    await untilStarted(hasty.follow(kit.identity, preview.execution.id, 0));
    await eventually(() => preview.ended);
    expect(preview.execution.error).toMatchObject({ code: 'PREVIEW_LEFT' });
    expect(preview.steps[0]).toMatchObject({ status: 'CANCELLED' });
  });

  test('one that takes too long is ended, tells its followers, and is forgotten', async () => {
    const hasty = kit.startPreviews({ longestMs: 100 });
    const { execution } = await hanging(hasty);
    const events = await eventsOf(hasty.follow(kit.identity, execution.id, 0));
    expect(events.at(-1)).toMatchObject({ type: 'EXECUTION_FAILED', payload: { error: { code: 'PREVIEW_ENDED' } } });
    expect(() => hasty.find(kit.identity, execution.id)).toThrow('There is no such preview');
  });

  test('one that gives more than may be kept is ended', async () => {
    const small = kit.startPreviews({ longest: 10_000 });
    const { execution } = await begin([transform('long', '$join([1..9000].$string())'), transform('next', '1', {}, { dependsOn: ['long'] })], {}, small);
    const events = await eventsOf(small.follow(kit.identity, execution.id, 0));
    expect(events.at(-1)).toMatchObject({ type: 'EXECUTION_FAILED', payload: { error: { code: 'PREVIEW_TOO_LARGE' } } });
  });

  test('so many may be under way; those that have ended make place', async () => {
    const two = kit.startPreviews({ mostAtOnce: 2 });
    const first = await hanging(two);
    await hanging(two);
    await expect(begin([transform('one', '1')], {}, two)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    two.cancel(kit.identity, first.execution.id);
    await eventsOf(two.follow(kit.identity, first.execution.id, 0));
    await begin([transform('one', '1')], {}, two);
  });
});

test('a preview is its author’s own: neither a colleague nor another workspace finds it', async () => {
  const { execution } = await begin([transform('one', '1')]);
  const stranger = await createIdentity(kit.database);
  const colleague: Identity = { ...kit.identity, userId: stranger.userId };
  for (const other of [stranger, colleague]) {
    expect(() => previews.find(other, execution.id)).toThrow('There is no such preview');
    expect(() => previews.cancel(other, execution.id)).toThrow('There is no such preview');
    expect(() => previews.follow(other, execution.id, 0)).toThrow('There is no such preview');
  }
});

async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}
