import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';

const fileAt = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

test.use({ reducedMotion: 'reduce' });

test('a picture of a run', async ({ page, api, link }) => {
  await signIn(page, api.account);
  const workflowId = await makeDemoWorkflow(api);
  const { made } = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }',
    { input: { workflowId, inputs: { document: readFileSync(fileAt('demo/sample.txt'), 'utf8') } } },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  await page.goto(`/runs/${made.id}`);
  const run = new RunPage(page);
  await run.expectCompleted();
  // A second run: by now the page and all that it needs are there, and the run does not end before it is shown.
  await page.getByRole('button', { name: 'Run again' }).click();
  await page.getByRole('menuitem', { name: 'With other inputs…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
  await run.output('Write the summary').filter({ hasText: /^[\s\S]{150,}$/ }).waitFor();
  // The picture is of this moment, however long it takes to make it.
  link.silence();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.screenshot({ path: fileAt('docs/images/run.png') });
});
