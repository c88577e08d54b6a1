import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { longStep, readRun, startLongRun, textOf } from './long-run.js';
import { RecordedOutput, tellingsOf } from './recorded-output.js';
import { RunPage } from './run-page.js';

const tenSeconds = 10_000;

test('what happened while the connection was cut for ten seconds appears once it is back, and only once', async ({ page, link, api, conduct }) => {
  conduct.tolerate(/net::ERR_|WebSocket connection to/);
  const shown = await RecordedOutput.on(page);
  await signIn(page, api.account);
  const id = await startLongRun(api, 75);
  await page.goto(`/runs/${id}`);
  const run = new RunPage(page);
  await run.select(longStep);
  const before = await run.outputOfAtLeast(longStep, 100);

  link.cut();
  await expect(page.getByText('Reconnecting')).toBeVisible();
  await expect(page.getByText('The server can’t be reached.')).toBeVisible();
  // What is tested is the length of the interruption, so nothing else could be waited for.
  await new Promise((resolve) => setTimeout(resolve, tenSeconds));
  expect(await run.output(longStep).textContent(), 'what was there stays').toContain(before);
  const during = await run.output(longStep).textContent();
  expect((await readRun(api, id)).status, 'the run goes on meanwhile').toBe('RUNNING');
  link.mend();

  await run.outputOfAtLeast(longStep, (during ?? '').length + 500);
  await expect(page.getByText('Reconnecting')).toBeHidden();
  await run.expectCompleted();

  const text = textOf(await readRun(api, id), 'list');
  await expect.poll(() => run.output(longStep).textContent()).toBe(text);
  expect(tellingsOf(shown.textsOf(longStep)), 'nothing was shown twice or left out').toEqual([text]);
});

test('connections that went silent without being closed are given up, and the run page catches up', async ({ page, link, api, conduct }) => {
  conduct.tolerate(/net::ERR_|WebSocket connection to/);
  const shown = await RecordedOutput.on(page);
  await signIn(page, api.account);
  const id = await startLongRun(api, 40);
  await page.goto(`/runs/${id}`);
  const run = new RunPage(page);
  await run.select(longStep);
  await run.outputOfAtLeast(longStep, 100);

  link.silence();
  await run.expectCompleted();

  const text = textOf(await readRun(api, id), 'list');
  await expect.poll(() => run.output(longStep).textContent()).toBe(text);
  expect(tellingsOf(shown.textsOf(longStep)), 'nothing was shown twice or left out').toEqual([text]);
});
