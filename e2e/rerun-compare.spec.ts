import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makeBranch } from './prompt-data.js';
import { RunPage } from './run-page.js';

const made = z.object({ id: z.string() });

test('a run is run again as it was, from a step and on a branch, compared, and the last runs are replayed on the branch', async ({ page, api }) => {
  const workflowId = await makeDemoWorkflow(api);
  await branchSecondStep(api, workflowId, 'shorter');
  const input = { workflowId, inputs: { document: 'Sales rose by 12 % in May. Costs fell.' } };
  const { executeWorkflow } = await api.request('mutation ($input: ExecuteWorkflowInput!) { executeWorkflow(input: $input) { id } }', { input }, z.object({ executeWorkflow: made }));
  await signIn(page, api.account);
  await page.goto(`/runs/${executeWorkflow.id}`);
  const run = new RunPage(page);
  await run.expectCompleted();

  await test.step('as it was, it gives the same', async () => {
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('menuitem', { name: 'As it was' }).click();
    await expect(page.getByText(/^Repeats a run of/)).toBeVisible();
    await run.expectCompleted();
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(page.getByRole('heading', { name: 'Steps none differs' })).toBeVisible();
    await expect(page.getByText('The inputs are the same.')).toBeVisible();
    await page.goBack();
  });

  await test.step('from a step, what came before it is taken over', async () => {
    await run.select('Write the headline');
    await run.inspector('Write the headline').getByRole('button', { name: 'Run again from here…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run again with changes' });
    await expect(dialog.getByRole('combobox', { name: 'Begin at' })).toHaveValue('Write the headline');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await expect(dialog).toBeHidden();
    await run.expectCompleted();
    for (const name of ['Find the key points', 'Write the summary']) await expect(run.row(name)).toContainText('Taken over from the run that this one repeats');
    await expect(run.row('Write the headline')).not.toContainText('Taken over');
  });

  await test.step('a branch that no prompt has is refused beside its field, one that there is runs and is compared', async () => {
    await page.goto(`/runs/${executeWorkflow.id}`);
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('menuitem', { name: 'With changes…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Run again with changes' });
    const branch = dialog.getByRole('combobox', { name: 'Prompt branch' });
    await branch.fill('nowhere');
    await dialog.getByRole('button', { name: 'Run again' }).click();
    await expect(dialog).toContainText('No prompt of this workflow has a branch named "nowhere".');
    await branch.fill('shorter');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await run.expectCompleted();
    await page.getByRole('link', { name: 'Compare' }).click();
    await expect(page.getByRole('table', { name: 'The two runs' })).toContainText('shorter');
    await expect(page.getByRole('region', { name: 'Write the summary' })).toContainText('Changed');
    await page.getByRole('switch', { name: 'Only what differs' }).check({ force: true });
    await expect(page.getByRole('region', { name: 'Find the key points' })).toBeHidden();
  });

  await test.step('the last runs are replayed on the branch, each beside its original', async () => {
    await page.goto(`/workflows/${workflowId}?tab=replays`);
    await page.getByRole('button', { name: 'Replay on a branch…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay the last runs on a branch' });
    await dialog.getByRole('combobox', { name: 'Prompt branch' }).fill('shorter');
    await dialog.getByRole('button', { name: 'Replay' }).click();
    await expect(page.getByRole('heading', { name: 'Replay on shorter' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Summary' })).toContainText('1 of 1');
    await expect(page.getByRole('table', { name: 'Runs of this replay' })).toContainText('Changed');
    await page.getByRole('table', { name: 'Runs of this replay' }).getByRole('link').click();
    await expect(page.getByRole('heading', { name: 'Compare runs' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Write the summary' })).toContainText('Changed');
  });
});

/** A branch of the prompt that the workflow's second step runs, with another text. */
async function branchSecondStep(api: DemoApi, workflowId: string, name: string): Promise<void> {
  const step = z.object({ settings: z.object({ promptId: z.string().optional() }) });
  const workflowSchema = z.object({ workflow: z.object({ head: z.object({ steps: z.array(step) }) }) });
  const { workflow } = await api.request('query ($id: ID!) { workflow(id: $id) { head { steps { settings } } } }', { id: workflowId }, workflowSchema);
  const promptId = workflow.head.steps[1]?.settings.promptId ?? '';
  const { prompt } = await api.request('query ($id: ID!) { prompt(id: $id) { head { id } } }', { id: promptId }, z.object({ prompt: z.object({ head: made }) }));
  await makeBranch(api, promptId, name, prompt.head.id);
  await commitText(api, promptId, 'One sentence for {{ audience }}: {{ points }}', { branch: name });
}
