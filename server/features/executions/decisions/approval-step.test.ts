import { afterAll, afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step, transform } from '../../../testing/execution-kit.js';
import { type Identity } from '../../auth/identity.js';

let kit: ExecutionKit;
const sandbox = startSandbox({ workers: 1 });

beforeEach(async () => {
  kit = await startExecutionKit(sandbox);
});

afterEach(async () => {
  await kit.stop();
  expect(kit.faults).toEqual([]);
});

afterAll(() => sandbox.close());

type Definition = Parameters<ExecutionKit['createWorkflow']>[0];

const text = { name: 'text', type: 'STRING', required: false, description: '' } as const;
const ask = (settings: object = {}, more: Parameters<typeof step>[3] = {}) =>
  step('ask', 'APPROVAL', { title: 'Publish “{{ text }}”?', ...settings }, { inputs: [{ name: 'text', from: 'inputs.text' }], ...more });
const branches: Definition = {
  inputs: [text],
  steps: [
    ask(),
    transform('publish', '"published"', {}, { branches: [{ step: 'ask', outcome: 'approved' }] }),
    transform('mend', '"mended"', {}, { branches: [{ step: 'ask', outcome: 'rejected' }] }),
  ],
};

async function startWaiting(definition: Definition, stepKey = 'ask'): Promise<string> {
  const workflowId = await kit.createWorkflow(definition);
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: { text: 'Hello' } });
  await kit.event(id, (event) => event.type === 'STEP_WAITING' && event.stepKey === stepKey);
  return id;
}

const decide = (executionId: string, outcome: 'APPROVED' | 'REJECTED', more: { comment?: string; values?: unknown } = {}, identity: Identity = kit.identity) =>
  kit.approvals.decide(identity, { executionId, stepKey: 'ask', outcome, ...more });

async function ended(id: string) {
  const events = await kit.allEvents(id);
  const execution = await kit.executions.find(kit.identity, id);
  const steps = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
  return { execution, events, steps, ask: steps.find(({ key }) => key === 'ask'), statuses: Object.fromEntries(steps.map(({ key, status }) => [key, status])) };
}

const wait = (milliseconds: number) => kit.jobs.advanceTo(new Date(kit.jobs.now.getTime() + milliseconds));

describe('an approval', () => {
  test('shows its rendered title, holds no runner, survives one that stops, and lets run what hangs on the decision', async () => {
    const first = kit.startRunner();
    const id = await startWaiting(branches);
    await first.stop();
    const [asked] = (await kit.executions.steps(kit.identity.workspaceId, [id])).get(id) ?? [];
    expect(asked).toMatchObject({ status: 'WAITING', waitingFor: { reason: 'APPROVAL', data: { title: 'Publish “Hello”?', approvers: 'EDITOR' } } });
    expect(await kit.runStore.findDue(kit.jobs.now, 10)).toEqual([]);
    await decide(id, 'APPROVED', { comment: ' Good. ' });
    expect(await kit.runStore.findDue(kit.jobs.now, 10)).toEqual([id]);
    kit.startRunner();
    kit.bus.publish('execution.ready', { executionId: id });
    const { execution, statuses, ask: decided, events } = await ended(id);
    expect(execution).toMatchObject({ status: 'COMPLETED', output: 'published' });
    expect(statuses).toEqual({ ask: 'COMPLETED', publish: 'COMPLETED', mend: 'SKIPPED' });
    expect(decided?.output).toEqual({
      outcome: 'approved',
      decidedBy: { kind: 'person', id: kit.identity.userId, name: 'Ada' },
      comment: 'Good.',
      values: null,
      at: kit.jobs.now.toISOString(),
    });
    expect(events.find(({ type }) => type === 'STEP_LOG')?.payload).toMatchObject({ message: 'Ada approved it.' });
  });

  test('that is rejected goes the other way where a step hangs on its outcome', async () => {
    kit.startRunner();
    const id = await startWaiting(branches);
    await decide(id, 'REJECTED');
    expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: 'mended' });
  });

  test('that is rejected fails its step where no step hangs on its outcome, which may be handled', async () => {
    kit.startRunner();
    const then = transform('then', '"done"', {}, { dependsOn: ['ask'] });
    const stopped = await startWaiting({ inputs: [text], steps: [ask(), then] });
    await decide(stopped, 'REJECTED', { comment: 'Too long.' });
    expect((await ended(stopped)).execution).toMatchObject({ status: 'FAILED', error: { code: 'REJECTED', message: 'Ada rejected it: Too long.', stepKey: 'ask' } });
    const handled = await startWaiting({ inputs: [text], steps: [ask({}, { onError: { action: 'HANDLE', handler: 'tell' } }), then, transform('tell', 'error.code', { error: 'steps.ask.error' })] });
    await decide(handled, 'REJECTED');
    expect((await ended(handled)).execution).toMatchObject({ status: 'COMPLETED', output: 'REJECTED' });
  });

  test('is decided once, however many decide at the same time, and tells the others who did', async () => {
    const grace = await kit.member('Grace');
    kit.startRunner();
    const id = await startWaiting(branches);
    const asked = await Promise.allSettled(Array.from({ length: 10 }, (_, index) => decide(id, index % 2 === 0 ? 'APPROVED' : 'REJECTED', {}, index % 2 === 0 ? kit.identity : grace)));
    const { ask: decided } = await ended(id);
    const won = decided?.output;
    const winner = won && typeof won === 'object' && 'outcome' in won ? won.outcome : undefined;
    const [taken, refused] = winner === 'approved' ? [0, 1] : [1, 0];
    asked.forEach((each, index) => expect(each.status).toBe(index % 2 === taken ? 'fulfilled' : 'rejected'));
    const words = winner === 'approved' ? 'Ada approved it, so there is nothing left to decide.' : 'Grace rejected it, so there is nothing left to decide.';
    expect(asked.filter((_, index) => index % 2 === refused)).toEqual(Array.from({ length: 5 }, () => expect.objectContaining({ reason: expect.objectContaining({ message: words }) })));
    await decide(id, winner === 'approved' ? 'APPROVED' : 'REJECTED', {}, winner === 'approved' ? kit.identity : grace);
  });

  test('takes the values of its form, and says what does not fit', async () => {
    kit.startRunner();
    const fields = { type: 'object', properties: { amount: { type: 'integer', maximum: 100 } }, required: ['amount'], additionalProperties: false };
    const id = await startWaiting({ inputs: [text], steps: [ask({ fields })] });
    await expect(decide(id, 'APPROVED', { values: { amount: 'many' } })).rejects.toMatchObject({ fields: [{ field: 'input.values.amount', message: 'amount: must be a whole number.' }] });
    await expect(decide(id, 'APPROVED')).rejects.toMatchObject({ fields: [{ field: 'input.values.amount', message: '"amount" is missing.' }] });
    await expect(decide(id, 'REJECTED', { values: { amount: 1 } })).rejects.toMatchObject({ fields: [{ field: 'input.values', message: 'Nothing is to be filled in here. Leave the values out.' }] });
    await expect(decide(id, 'APPROVED', { values: { amount: 1, more: 1 } })).rejects.toMatchObject({ fields: [{ field: 'input.values', message: '"more" is not expected.' }] });
    await decide(id, 'APPROVED', { values: { amount: 20 } });
    expect((await ended(id)).execution.output).toMatchObject({ outcome: 'approved', values: { amount: 20 } });
  });

  test('whose form is no JSON Schema can not be saved', async () => {
    const saved = (fields: unknown) => kit.createWorkflow({ inputs: [text], steps: [ask({ fields })] });
    await expect(saved({ type: 'object', properties: { amount: { type: 'money' } } })).rejects.toMatchObject({
      fields: [{ field: 'input.definition.steps.0.settings.fields', message: expect.stringContaining('The schema is no JSON Schema') }],
    });
    await expect(saved({ type: 'string' })).rejects.toMatchObject({ fields: [{ message: 'Describe an object: "type": "object".' }] });
    await expect(kit.createWorkflow({ inputs: [text], steps: [ask({ onDeadline: 'APPROVE' })] })).rejects.toMatchObject({
      fields: [{ field: 'input.definition.steps.0.settings.onDeadline', message: 'This goes with `deadlineMs`. Say how long it waits, or leave it out.' }],
    });
  });

  test('for owners can be decided by no editor and no viewer', async () => {
    kit.startRunner();
    const id = await startWaiting({ inputs: [text], steps: [ask({ approvers: 'OWNER' })] });
    await expect(decide(id, 'APPROVED', {}, { ...kit.identity, role: 'EDITOR' })).rejects.toThrow('Only owners of the workspace may decide this. Ask one of them.');
    await decide(id, 'APPROVED');
    expect((await ended(id)).execution.status).toBe('COMPLETED');
  });

  test('within a MAP is decided for each item', async () => {
    kit.startRunner();
    const inner = { key: 'ask', name: 'Ask', type: 'APPROVAL', settings: { title: 'Item {{ item }}?' }, inputs: [{ name: 'item', from: 'item' }] };
    const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('each', 'MAP', { steps: [inner] }, { inputs: [{ name: 'items', value: ['a', 'b'] }] })] });
    const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
    await kit.event(id, ({ type }) => type === 'STEP_WAITING');
    const children = (await kit.executions.children(kit.identity, id, {}, { first: 10 })).edges.map(({ node }) => node.id);
    for (const child of children) await kit.event(child, ({ type }) => type === 'STEP_WAITING');
    for (const child of children) await decide(child, 'APPROVED');
    expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: [{ outcome: 'approved' }, { outcome: 'approved' }] });
  });
});

describe('the deadline of an approval', () => {
  const withDeadline = (settings: object): Definition => ({ ...branches, steps: [ask({ deadlineMs: 60_000, ...settings }), ...branches.steps.slice(1)] });

  test('that nobody kept fails the step, or decides where it says so', async () => {
    const first = kit.startRunner();
    const ids = [await startWaiting(withDeadline({})), await startWaiting(withDeadline({ onDeadline: 'APPROVE' })), await startWaiting(withDeadline({ onDeadline: 'REJECT' }))];
    await first.stop();
    kit.startRunner();
    await wait(60_000);
    const [failed, approved, rejected] = await Promise.all(ids.map(ended));
    expect(failed?.execution.error).toMatchObject({ code: 'NOT_DECIDED', message: 'Nobody decided in time. Run it again, or give it more time.' });
    expect(approved?.ask?.output).toMatchObject({ outcome: 'approved', decidedBy: { kind: 'deadline' } });
    expect([approved?.execution.output, rejected?.execution.output]).toEqual(['published', 'mended']);
    for (const id of ids) await expect(decide(id, 'APPROVED')).rejects.toThrow(/The time to decide is over\.|Nobody decided in time, so it counts as/);
  });

  test('that has passed is not undone by whoever comes before the run has noticed', async () => {
    const runner = kit.startRunner();
    const id = await startWaiting(withDeadline({}));
    await runner.stop();
    kit.jobs.now = new Date(kit.jobs.now.getTime() + 60_000);
    await expect(decide(id, 'APPROVED')).rejects.toThrow('The time to decide is over.');
  });
});

describe('an approval of a run', () => {
  test('that is paused may be decided, and counts when the run goes on', async () => {
    kit.startRunner();
    const id = await startWaiting(branches);
    await kit.control.pause(kit.identity, id);
    await kit.event(id, ({ type }) => type === 'EXECUTION_PAUSED');
    await decide(id, 'APPROVED');
    await expect(decide(id, 'REJECTED')).rejects.toThrow('Ada approved it, so there is nothing left to decide.');
    expect(await kit.executions.find(kit.identity, id)).toMatchObject({ status: 'PAUSED' });
    await kit.control.resume(kit.identity, id);
    expect((await ended(id)).execution).toMatchObject({ status: 'COMPLETED', output: 'published' });
  });

  test('that is cancelled can be decided no more', async () => {
    kit.startRunner();
    const id = await startWaiting(branches);
    await kit.control.cancel(kit.identity, id);
    expect((await ended(id)).statuses.ask).toBe('CANCELLED');
    await expect(decide(id, 'APPROVED')).rejects.toThrow('The run was ended before anybody decided, so there is nothing left to decide.');
  });
});
