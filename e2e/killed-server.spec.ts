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

  const shownTexts = shown.textsOf(longStep);
  expect(shownTexts.filter((each) => !text.startsWith(each)), 'nothing was shown twice or left out').toEqual([]);
  expect(tellingsOf(shownTexts).length, 'the answer began anew at most once').toBeLessThanOrEqual(2);
  await run.inspector(longStep).getByRole('tab', { name: 'Details' }).click();
  await expect(run.inspector(longStep).getByText('Interrupted, its outcome is unknown')).toBeVisible();
});
