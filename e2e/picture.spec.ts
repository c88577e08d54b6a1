import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';

const fileAt = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

test.use({ reducedMotion: 'reduce' });

test('a picture of a run', async ({ page, api }) => {
  await signIn(page, api.account);
  const workflowId = await makeDemoWorkflow(api);
  const { made } = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }',
    { input: { workflowId, inputs: { document: readFileSync(fileAt('demo/sample.txt'), 'utf8') } } },
    z.object({ made: z.object({ id: z.string() }) }),
  );
  await page.goto(`/runs/${made.id}`);
  const run = new RunPage(page);
  await run.outputOfAtLeast('Write the summary', 250);
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await page.screenshot({ path: fileAt('docs/images/run.png') });
});
