import { expect } from '@jest/globals';
import { z } from 'zod';
import { type callsWith } from '../test-server.js';
import { type EffectLedger } from './effect-ledger.js';

type User = ReturnType<typeof callsWith>;

const madeSchema = z.object({ made: z.object({ id: z.string() }) });
const eventSchema = z.object({ event: z.object({ seq: z.number(), type: z.string(), stepKey: z.string().nullable(), attempt: z.number().nullable() }) });
type Event = z.infer<typeof eventSchema>['event'];
const executionSchema = z.object({
  execution: z.object({
    status: z.string(),
    error: z.object({ code: z.string(), message: z.string() }).nullable(),
    children: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
  }),
});

const items = [1, 2];
/** Where a run of the workflow below has effects, and how many of them. */
const effects = { '/charge': 1, '/item': items.length, '/notify': 1 };

/** A workflow with a step of every kind that does something: calls of the ledger, of a model, for each item, a pause, and free steps between them. */
export async function createLedgerWorkflow(user: User, ledgerUrl: string): Promise<string> {
  const post = (key: string, path: string) => ({
    key,
    name: key,
    type: 'WEBHOOK',
    settings: { method: 'POST', url: `${ledgerUrl}${path}`, body: { type: 'JSON', template: '{{ run | json }}' } },
    retry: { maxAttempts: 10, initialDelayMs: 10, maxDelayMs: 50 },
  });
  const run = { name: 'run', from: 'inputs.run' };
  const steps = [
    { ...post('charge', '/charge'), inputs: [run] },
    { key: 'upper', name: 'upper', type: 'TRANSFORM', settings: { expression: '$uppercase(run)' }, inputs: [run], dependsOn: ['charge'] },
    {
      key: 'say',
      name: 'say',
      type: 'PROMPT',
      settings: { inline: { messages: [{ role: 'USER', content: 'Say {{ text }}' }] }, model: { model: 'openai-compatible/test' } },
      inputs: [{ name: 'text', from: 'steps.upper.output' }],
      retry: { maxAttempts: 10, initialDelayMs: 10, maxDelayMs: 50 },
    },
    { key: 'gate', name: 'gate', type: 'CONDITION', settings: { expression: '$length(said) > 0' }, inputs: [{ name: 'said', from: 'steps.say.output' }] },
    {
      key: 'each',
      name: 'each',
      type: 'MAP',
      settings: { steps: [{ ...post('post', '/item'), inputs: [run, { name: 'item', from: 'item' }] }] },
      inputs: [{ name: 'items', value: items }, run],
      dependsOn: ['gate'],
      branches: [{ step: 'gate', outcome: 'true' }],
    },
    { key: 'pause', name: 'pause', type: 'DELAY', settings: { durationMs: 20 }, dependsOn: ['each'] },
    { ...post('notify', '/notify'), inputs: [run], dependsOn: ['pause'] },
  ];
  const input = { name: 'Ledger', definition: { inputs: [{ name: 'run', type: 'STRING' }], steps } };
  return madeSchema.parse(await user.ask('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input })).made.id;
}

export async function startLedgerRun(user: User, workflowId: string, run: string): Promise<string> {
  const input = { workflowId, inputs: { run }, idempotencyKey: run };
  return madeSchema.parse(await user.ask('mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }', { input })).made.id;
}

/** Every event until the execution ends. @throws when the server goes meanwhile */
export async function eventsOf(user: User, executionId: string): Promise<Event[]> {
  const document = 'subscription ($id: ID!) { event: executionEvents(executionId: $id) { seq type stepKey attempt } }';
  const events: Event[] = [];
  for await (const { data } of user.subscribe(document, { id: executionId })) events.push(eventSchema.parse(data).event);
  return events;
}

export async function readExecution(user: User, id: string): Promise<z.infer<typeof executionSchema>['execution']> {
  const document = 'query ($id: ID!) { execution(id: $id) { status error { code message } children(first: 50) { edges { node { id } } } } }';
  return executionSchema.parse(await user.ask(document, { id })).execution;
}

/** What must hold of a run that ended, whatever happened to the processes that ran it. */
export async function expectNothingLostOrDoubled(user: User, ledger: EffectLedger, executionId: string, run: string): Promise<void> {
  const events = await eventsOf(user, executionId);
  const { status, error, children } = await readExecution(user, executionId);
  expect({ status, error }).toEqual({ status: 'COMPLETED', error: null });
  const ofChildren = await Promise.all(children.edges.map(({ node }) => eventsOf(user, node.id)));
  expect(ofChildren).toHaveLength(items.length);
  for (const one of [events, ...ofChildren]) expectSoundLog(one);
  const unknown = [events, ...ofChildren].flat().filter(({ type }) => type === 'STEP_OUTCOME_UNKNOWN');
  for (const [path, expected] of Object.entries(effects)) {
    const arrived = ledger.effects.filter((effect) => effect.path === path && effect.body === JSON.stringify(run));
    // Whoever receives the same key again knows the request for one that it has dealt with.
    expect(new Set(arrived.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(expected);
    expect(arrived.length - expected).toBeLessThanOrEqual(unknown.length);
  }
}

/** Numbered without a gap, ended once, no step done twice, and no call made again but where its outcome was unknown. */
function expectSoundLog(events: readonly Event[]): void {
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.filter(({ type }) => ['EXECUTION_COMPLETED', 'EXECUTION_FAILED', 'EXECUTION_CANCELLED'].includes(type))).toHaveLength(1);
  for (const key of new Set(events.flatMap(({ stepKey }) => stepKey ?? []))) {
    const ofStep = events.filter(({ stepKey }) => stepKey === key);
    const count = (type: string) => ofStep.filter((event) => event.type === type).length;
    expect(count('STEP_COMPLETED')).toBe(1);
    expect(count('STEP_STARTED')).toBe(1 + count('STEP_OUTCOME_UNKNOWN') + count('STEP_RETRY_SCHEDULED'));
  }
}
