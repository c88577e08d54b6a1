import { type Response } from '@playwright/test';
import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';

const items = 10_000;
const opensWithinMs = 4_000;
const mostBytes = 400_000;

test('a run of ten thousand items and an output of almost five megabytes opens at once, and all of it can be reached', async ({ page, api }) => {
  test.setTimeout(240_000);
  await signIn(page, api.account);
  const { made } = await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name: 'Big', definition } }, idSchema);
  const { made: run } = await api.request('mutation ($id: ID!) { made: executeWorkflow(input: { workflowId: $id }) { id } }', { id: made.id }, idSchema);
  for await (const { executionEvents } of api.subscribe('subscription ($id: ID!) { executionEvents(executionId: $id, longestOutput: 1000) { type payload } }', { id: run.id }, eventSchema)) {
    expect(executionEvents.type, JSON.stringify(executionEvents.payload)).not.toBe('EXECUTION_FAILED');
  }

  const runPage = new RunPage(page);
  await test.step('the page opens within its bound, and is sent little', async () => {
    const sizes: Promise<number>[] = [];
    const weigh = (response: Response) => void (response.url().endsWith('/graphql') && sizes.push(response.body().then((body) => body.length)));
    page.on('response', weigh);
    const began = Date.now();
    await page.goto(`/runs/${run.id}?step=long`);
    await expect(page.getByText('of 4,718,592 characters')).toBeVisible();
    expect(Date.now() - began, 'milliseconds until it can be read').toBeLessThan(opensWithinMs);
    // What is answered as the test ends has no body any more.
    page.off('response', weigh);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    expect(total, 'bytes that the page asked for').toBeLessThan(mostBytes);
  });

  await test.step('the whole output is a download away', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download all' }).click();
    const file = await (await download).createReadStream();
    let length = 0;
    for await (const piece of file) length += z.instanceof(Buffer).parse(piece).length;
    expect(length).toBe(4_718_592);
  });

  await test.step('its runs are counted by state and read page by page', async () => {
    await runPage.select('For each');
    await page.getByRole('tab', { name: 'Runs' }).click();
    await expect(page.getByRole('button', { name: 'Completed 9,999' })).toBeVisible();
    const list = page.getByRole('list', { name: 'Runs of this step, 10,000' });
    await expect(list.getByRole('link', { name: 'Item 10,000', exact: true })).toBeVisible();
    await expect(async () => {
      await list.press('End');
      await expect(list.getByRole('link', { name: 'Item 9,700', exact: true })).toBeAttached({ timeout: 500 });
    }).toPass();
    expect(await list.getByRole('listitem').count(), 'rows that are drawn').toBeLessThan(60);
    await page.getByRole('button', { name: 'Failed 1' }).click();
    await page.getByRole('link', { name: 'Item 7', exact: true }).click();
    await expect(page.getByText('Not this one').first()).toBeVisible();
  });
});

const idSchema = z.object({ made: z.object({ id: z.string() }) });
const eventSchema = z.object({ executionEvents: z.object({ type: z.string(), payload: z.unknown() }) });

const transform = (key: string, name: string, expression: string, more: object = {}) => ({ key, name, type: 'TRANSFORM', settings: { expression }, ...more });

const definition = {
  inputs: [],
  maxParallel: 4,
  steps: [
    transform('list', 'Make the list', `[1..${items}]`),
    {
      key: 'each',
      name: 'For each',
      type: 'MAP',
      inputs: [{ name: 'items', from: 'steps.list.output' }],
      settings: { maxParallel: 16, onItemError: 'CONTINUE', steps: [transform('square', 'Square', 'item = 7 ? $error("Not this one") : item * item', { inputs: [{ name: 'item', from: 'item' }] })] },
      timeoutMs: 600_000,
    },
    // Eighteen characters, doubled eighteen times.
    transform('long', 'Make it long', '$reduce([1..18], function($text, $_) { $text & $text }, "lorem ipsum dolor ")'),
  ],
};
