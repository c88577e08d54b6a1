import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { longStep, readRun, startLongRun, textOf } from './long-run.js';
import { RecordedOutput, tellingsOf } from './recorded-output.js';
import { RunPage } from './run-page.js';

test('an open run page catches up and completes after the server was killed in the middle of the run and started again', async ({ page, product, api, conduct }) => {
  conduct.tolerate(/net::ERR_|WebSocket connection to/);
  const shown = await RecordedOutput.on(page);
  await signIn(page, api.account);
  const id = await startLongRun(api, 40);
  await page.goto(`/runs/${id}`);
  const run = new RunPage(page);
  await run.select(longStep);
  const before = await run.outputOfAtLeast(longStep, 200);

  await product.kill();
  await expect(page.getByText('The server can’t be reached.')).toBeVisible();
  expect(await run.output(longStep).textContent(), 'what was there stays').toContain(before);
  await product.start();

  await run.expectCompleted();
  await expect(page.getByText('The server can’t be reached.')).toBeHidden();
  const record = await readRun(api, id);
  const text = textOf(record, 'list');
  await expect.poll(() => run.output(longStep).textContent()).toBe(text);
  expect(record.steps.map(({ key, attempt }) => [key, attempt]), 'only the interrupted step ran again').toEqual([['headline', 1], ['list', 2], ['report', 1]]);

  const [interrupted = '', ...others] = tellingsOf(shown.textsOf(longStep));
  expect(interrupted.startsWith(before) && text.startsWith(interrupted)).toBe(true);
  expect(others, 'told from its start to its end').toEqual([text]);
  await run.inspector(longStep).getByRole('tab', { name: 'Details' }).click();
  await expect(run.inspector(longStep).getByText('Interrupted, its outcome is unknown')).toBeVisible();
});
