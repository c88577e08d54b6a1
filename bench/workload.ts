import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoApi } from '../demo/demo-api.js';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { projectRoot } from '../server/project-root.js';

const idSchema = z.object({ made: z.object({ id: z.string() }) });
const timesSchema = z.object({
  execution: z.object({
    status: z.string(),
    createdAt: z.iso.datetime(),
    durationMs: z.number().nullable(),
    steps: z.array(z.object({ startedAt: z.iso.datetime().nullable() })),
  }),
});

export async function signUp(url: string): Promise<DemoApi> {
  const api = new DemoApi(url);
  const { made } = await api.request(
    'mutation ($input: SignUpInput!) { made: signUp(input: $input) { accessToken } }',
    { input: { email: 'bench@example.com', name: 'Bench', password: 'only for measuring' } },
    z.object({ made: z.object({ accessToken: z.string() }) }),
  );
  api.token = made.accessToken;
  return api;
}

/** A chain of steps that each add one to what the step before gave. */
export async function createChain(api: DemoApi, length: number): Promise<string> {
  const steps = Array.from({ length }, (_, index) => ({
    key: `step${index}`,
    name: `Step ${index}`,
    type: 'TRANSFORM',
    settings: { expression: 'n + 1' },
    inputs: [index === 0 ? { name: 'n', value: 0 } : { name: 'n', from: `steps.step${index - 1}.output` }],
  }));
  const input = { name: `Chain of ${length}`, definition: { inputs: [], steps } };
  return (await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input }, idSchema)).made.id;
}

export async function execute(api: DemoApi, workflowId: string, inputs: Record<string, unknown> = {}): Promise<string> {
  const input = { workflowId, inputs };
  return (await api.request('mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }', { input }, idSchema)).made.id;
}

/** Waits until the execution has ended, by its live feed. */
export async function finish(api: DemoApi, id: string): Promise<void> {
  const events = api.subscribe('subscription ($id: ID!) { event: executionEvents(executionId: $id) { type } }', { id }, z.object({ event: z.object({ type: z.string() }) }));
  for await (const { event } of events) if (event.type === 'EXECUTION_FAILED') throw new Error(`Execution ${id} failed.`);
}

/** @returns in milliseconds: from its first start to its end, and from the request until its first step started */
export async function timesOf(api: DemoApi, id: string): Promise<{ durationMs: number; firstStepMs: number }> {
  const { execution } = await api.request('query ($id: ID!) { execution(id: $id) { status createdAt durationMs steps { startedAt } } }', { id }, timesSchema);
  const [first] = execution.steps;
  if (execution.status !== 'COMPLETED' || execution.durationMs === null || !first?.startedAt) throw new Error(`Execution ${id} is ${execution.status}.`);
  return { durationMs: execution.durationMs, firstStepMs: Date.parse(first.startedAt) - Date.parse(execution.createdAt) };
}

/** What the demo does, for the memory that it leaves behind. */
export async function runDemo(api: DemoApi): Promise<void> {
  const document = readFileSync(join(projectRoot, 'demo', 'sample.txt'), 'utf8');
  await finish(api, await execute(api, await makeDemoWorkflow(api), { document }));
}
