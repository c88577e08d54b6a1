import { expect } from '@playwright/test';
import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';

const idSchema = z.object({ made: z.object({ id: z.string() }) });
const linksSchema = z.object({
  execution: z.object({ steps: z.tuple([z.object({ waitingFor: z.object({ approval: z.object({ link: z.string() }) }).nullable() })]) }),
});

/** A run that waits for an approval with a form. @returns its id, and the path of the approval's link */
export async function startWaitingApproval(api: DemoApi): Promise<{ run: string; link: string }> {
  const fields = {
    type: 'object',
    properties: { amount: { type: 'integer' }, reason: { type: 'string', enum: ['late', 'broken'] }, urgent: { type: 'boolean' }, from: { type: 'string', format: 'date' }, note: { type: 'string' } },
    required: ['amount'],
  };
  const settings = { title: 'Refund Northwind Tea?', instructions: 'Look at the order first.\n\nRefunds above 50 go to finance.', fields, deadlineMs: 86_400_000 };
  const definition = { inputs: [], steps: [{ key: 'ask', name: 'Ask the lead', type: 'APPROVAL', settings }] };
  const workflow = await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name: 'Refund a customer', definition } }, idSchema);
  const { made } = await api.request('mutation ($id: ID!) { made: executeWorkflow(input: { workflowId: $id }) { id } }', { id: workflow.made.id }, idSchema);
  const read = async () => {
    const { execution } = await api.request('query ($id: ID!) { execution(id: $id) { steps { waitingFor { approval { link } } } } }', { id: made.id }, linksSchema);
    return execution.steps[0].waitingFor?.approval.link ?? '';
  };
  await expect.poll(read).not.toBe('');
  return { run: made.id, link: await read() };
}
