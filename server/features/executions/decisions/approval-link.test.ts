import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { NotFoundError } from '../../../errors.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type ExecutionKit, startExecutionKit, step } from '../../../testing/execution-kit.js';
import { graphqlRequests } from '../../../testing/graphql-requests.js';
import { type Identity } from '../../auth/identity.js';
import { WorkflowResolver, WorkflowVersionResolver } from '../../workflows/workflow.resolver.js';
import { ExecutionLoader } from '../execution.loader.js';
import { ExecutionResolver } from '../execution.resolver.js';
import { DecisionResolver, StepApprovalResolver } from './decision.resolver.js';

let kit: ExecutionKit;
let ask: ReturnType<typeof graphqlRequests>;
const sandbox = startSandbox({ workers: 1 });
const dayMs = 86_400_000;

beforeAll(async () => {
  kit = await startExecutionKit(sandbox);
  kit.startRunner();
  ask = graphqlRequests(
    [ExecutionResolver, DecisionResolver, StepApprovalResolver, WorkflowResolver, WorkflowVersionResolver],
    [
      new ExecutionResolver(kit.executions, new ExecutionLoader(kit.executions), kit.workflowLoader, kit.people),
      new DecisionResolver(kit.approvals, kit.held),
      new StepApprovalResolver(kit.approvals),
      new WorkflowResolver(kit.workflows, kit.workflowLoader),
      new WorkflowVersionResolver(kit.workflowLoader, kit.people),
    ],
  );
});

afterAll(async () => {
  await kit.stop();
  await sandbox.close();
  expect(kit.faults).toEqual([]);
});

const stepsSchema = z.object({
  execution: z.object({ steps: z.array(z.object({ waitingFor: z.object({ approval: z.object({ link: z.string().nullable(), mayDecide: z.boolean() }) }).nullable() })) }),
});

async function startWaiting(settings: object = {}): Promise<string> {
  const workflowId = await kit.createWorkflow({ inputs: [], steps: [step('ask', 'APPROVAL', { title: 'Publish?', instructions: 'Look twice.', ...settings })] });
  const { id } = await kit.executions.execute(kit.identity, { workflowId, inputs: {} });
  await kit.event(id, ({ type }) => type === 'STEP_WAITING');
  return id;
}

async function approvalAs(identity: Identity, id: string) {
  const answer = stepsSchema.parse(await ask(identity, `{ execution(id: "${id}") { steps { waitingFor { approval { link mayDecide } } } } }`));
  return answer.execution.steps[0]?.waitingFor?.approval;
}

async function tokenOf(id: string): Promise<string> {
  const link = (await approvalAs(kit.identity, id))?.link ?? '';
  expect(link).toMatch(/^https:\/\/prompts\.example\/approvals\/[\w.-]+$/);
  return link.slice(link.lastIndexOf('/') + 1);
}

const decide = (token: string, more: object = {}) =>
  ask(kit.identity, 'mutation ($input: DecideApprovalByLinkInput!) { decideApprovalByLink(input: $input) { status title decision { outcome by } } }', { input: { token, outcome: 'APPROVED', ...more } });

describe('a step that waits for an approval', () => {
  test('tells what is to be decided, and gives its link to those who may decide only', async () => {
    const fields = { type: 'object', properties: { note: { type: 'string' } } };
    const id = await startWaiting({ approvers: 'OWNER', deadlineMs: dayMs, fields });
    const until = new Date(kit.jobs.now.getTime() + dayMs).toISOString();
    expect(await ask(kit.identity, `{ execution(id: "${id}") { steps { waitingFor { reason until approval { title instructions fields approvers mayDecide } } } } }`)).toEqual({
      execution: { steps: [{ waitingFor: { reason: 'APPROVAL', until, approval: { title: 'Publish?', instructions: 'Look twice.', fields, approvers: 'OWNER', mayDecide: true } } }] },
    });
    expect(await approvalAs({ ...kit.identity, role: 'EDITOR' }, id)).toEqual({ link: null, mayDecide: false });
    expect(await approvalAs({ ...kit.identity, role: 'VIEWER' }, await startWaiting())).toEqual({ link: null, mayDecide: false });
    expect(await approvalAs(await kit.member('Grace'), await startWaiting())).toMatchObject({ link: expect.any(String), mayDecide: true });
  });
});

describe('the link of an approval', () => {
  test('shows what is to be decided, and lets whoever holds it decide once', async () => {
    const id = await startWaiting();
    const token = await tokenOf(id);
    const shown = { approval: { status: 'WAITING', workflow: expect.any(String), title: 'Publish?', instructions: 'Look twice.', until: null, decision: null } };
    const read = () => ask(kit.identity, `{ approval(token: "${token}") { status workflow title instructions until decision { outcome by } } }`);
    expect(await read()).toEqual(shown);
    expect(await read()).toEqual(shown);
    expect(await decide(token, { name: ' Grace ', comment: 'Fine' })).toEqual({ decideApprovalByLink: { status: 'DECIDED', title: null, decision: { outcome: 'APPROVED', by: 'Grace' } } });
    await kit.allEvents(id);
    expect(await kit.executions.find(kit.identity, id)).toMatchObject({ output: { outcome: 'approved', decidedBy: { kind: 'link', name: 'Grace' }, comment: 'Fine' } });
    expect(await read()).toMatchObject({ approval: { status: 'DECIDED', title: null, decision: { outcome: 'APPROVED', by: 'Grace' } } });
    await expect(decide(token, { outcome: 'REJECTED' })).rejects.toMatchObject({ code: 'CONFLICT', message: 'Grace approved it, by the link, so there is nothing left to decide.' });
  });

  test('that was forged or changed tells nothing', async () => {
    const id = await startWaiting();
    const token = await tokenOf(id);
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
    const other = Buffer.from(JSON.stringify({ ...z.record(z.string(), z.unknown()).parse(claims), step: 'other' })).toString('base64url');
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`;
    for (const forged of ['', 'nonsense', `${head}.${other}.${signature}`, `${head}.${body}.${signature.slice(0, -2)}AA`, unsigned]) {
      for (const attempt of [() => kit.approvals.linked(forged), () => decide(forged)]) {
        await expect(attempt()).rejects.toThrow(new NotFoundError('approval', 'This link leads to nothing that can be decided. Ask whoever sent it for a new one.'));
      }
    }
    expect(await kit.approvals.linked(token)).toMatchObject({ status: 'WAITING' });
  });

  test('of a run that was cancelled says so', async () => {
    const id = await startWaiting();
    const token = await tokenOf(id);
    await kit.control.cancel(kit.identity, id);
    await kit.allEvents(id);
    expect(await kit.approvals.linked(token)).toEqual({ status: 'WITHDRAWN', workflow: expect.any(String) });
    await expect(decide(token)).rejects.toMatchObject({ code: 'CONFLICT', message: 'The run was ended before anybody decided, so there is nothing left to decide.' });
  });

  test('is too old after a month, though the approval waits on and has a new one', async () => {
    const id = await startWaiting();
    const token = await tokenOf(id);
    kit.jobs.now = new Date(kit.jobs.now.getTime() + 32 * dayMs);
    expect(await kit.approvals.linked(token)).toMatchObject({ status: 'EXPIRED' });
    await expect(decide(token)).rejects.toMatchObject({ code: 'CONFLICT', message: 'The time to decide is over.' });
    expect(await kit.approvals.linked(await tokenOf(id))).toMatchObject({ status: 'WAITING' });
  });
});
