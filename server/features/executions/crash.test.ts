import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { type ModelServer, startModelServer } from '../../testing/model-server.js';
import { type ServerProcess, startServerProcess } from '../../testing/server-process.js';
import { createEmptyDatabase, type TestDatabase } from '../../testing/test-database.js';
import { testEnvironment } from '../../testing/test-environment.js';
import { signUpUser } from '../../testing/test-server.js';

const eventSchema = z.object({ seq: z.number(), type: z.string(), stepKey: z.string().nullable(), attempt: z.number().nullable() });
type Event = z.infer<typeof eventSchema>;

const made = z.object({ made: z.object({ id: z.string() }) });
const promptSteps = ['one', 'two', 'three'];
/** Where a commit of the chain below ends, by the sequence number of its last event: then the process is killed. */
const commitBoundaries = [1, 3, 5, 7, 8, 10, 11, 13, 14];

let files: TestDatabase;
let dataDir: string;
/** Outside the product: it counts which calls really arrived. */
let ledger: ModelServer;
let server: ServerProcess;
let user: Awaited<ReturnType<typeof signUpUser>>;
let workflowId: string;

beforeAll(async () => {
  files = await createEmptyDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'promptpilot-crash-'));
  ledger = await startModelServer();
  server = await start();
  user = await signUpUser(server);
  workflowId = await createChain();
}, 60_000);

afterAll(async () => {
  await server.end('SIGKILL');
  await ledger.close();
  await files.drop();
  await rm(dataDir, { recursive: true, force: true });
});

async function start(port = '0'): Promise<ServerProcess> {
  const environment = testEnvironment(files.config, dataDir, { PORT: port, OPENAI_COMPATIBLE_URL: ledger.baseUrl, RUN_LEASE_SECONDS: '1' });
  return startServerProcess({ environment });
}

async function createChain(): Promise<string> {
  const prompts: string[] = [];
  for (const name of promptSteps) {
    const input = { name, kind: 'TEXT', messages: [{ role: 'USER', content: `${name}: {{ before }}` }], settings: { model: 'openai-compatible/test' } };
    prompts.push(made.parse(await user.ask('mutation ($input: CreatePromptInput!) { made: createPrompt(input: $input) { id } }', { input })).made.id);
  }
  const prompt = (index: number, before: string) => ({
    key: promptSteps[index],
    name: promptSteps[index],
    type: 'PROMPT',
    settings: { promptId: prompts[index] },
    inputs: [{ name: 'before', from: before }],
  });
  const input = {
    name: 'Chain',
    definition: {
      inputs: [{ name: 'text', type: 'TEXT' }],
      steps: [
        prompt(0, 'inputs.text'),
        { key: 'upper', name: 'upper', type: 'TRANSFORM', settings: { expression: '$uppercase(text)' }, inputs: [{ name: 'text', from: 'steps.one.output' }] },
        prompt(1, 'steps.upper.output'),
        prompt(2, 'steps.two.output'),
      ],
    },
  };
  return made.parse(await user.ask('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input })).made.id;
}

async function* follow(executionId: string): AsyncGenerator<Event> {
  const document = 'subscription ($id: ID!) { event: executionEvents(executionId: $id) { seq type stepKey attempt } }';
  for await (const { data } of user.subscribe(document, { id: executionId })) yield z.object({ event: eventSchema }).parse(data).event;
}

/** @returns what followers had been told when the process was killed */
async function runUntilKilled(executionId: string, lastSeq: number): Promise<Event[]> {
  const told: Event[] = [];
  try {
    for await (const event of follow(executionId)) {
      told.push(event);
      if (event.seq === lastSeq) await server.end('SIGKILL');
    }
  } catch (error) {
    // The socket went with the process.
    if (told.at(-1)?.seq !== lastSeq && told.length < lastSeq) throw error;
  }
  return told;
}

test.each(commitBoundaries)('killed after event %d, the run goes on and no finished call is made again', async (lastSeq) => {
  const text = `run ${lastSeq}`;
  const callsOf = (step: string) => ledger.requests.filter(({ body }) => body.messages[0]?.content.startsWith(`${step}: `)).length;
  const before = promptSteps.map(callsOf);
  const input = { workflowId, inputs: { text } };
  const executionId = made.parse(await user.ask('mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }', { input })).made.id;

  const told = await runUntilKilled(executionId, lastSeq);
  await server.end('SIGKILL');
  const callsAtKill = promptSteps.map((step, index) => callsOf(step) - (before[index] ?? 0));
  server = await start(new URL(server.url).port);

  const events: Event[] = [];
  for await (const event of follow(executionId)) events.push(event);

  // What was told stays true, and nothing is missing or told twice.
  expect(events.slice(0, told.length)).toEqual(told);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)?.type).toBe('EXECUTION_COMPLETED');
  promptSteps.forEach((step, index) => {
    const ofStep = events.filter(({ stepKey }) => stepKey === step);
    const calls = callsOf(step) - (before[index] ?? 0);
    expect(ofStep.filter(({ type }) => type === 'STEP_COMPLETED')).toHaveLength(1);
    // A call is made only after its start was stored, and again only where its outcome was unknown.
    expect(calls).toBeLessThanOrEqual(ofStep.filter(({ type }) => type === 'STEP_STARTED').length);
    expect(ofStep.filter(({ type }) => type === 'STEP_STARTED').length).toBe(1 + ofStep.filter(({ type }) => type === 'STEP_OUTCOME_UNKNOWN').length);
    if (told.some(({ type, stepKey }) => type === 'STEP_COMPLETED' && stepKey === step)) expect(calls).toBe(callsAtKill[index]);
  });
}, 60_000);
