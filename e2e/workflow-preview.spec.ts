import { type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';

test('a draft is tried step by step before it is saved, with a pinned output, and leaves no run behind', async ({ page, api }) => {
  await signIn(page, api.account);
  await page.goto(`/workflows/${await makeDemoWorkflow(api)}`);
  const tried = page.getByRole('region', { name: 'Try it' });

  await test.step('what is missing is asked for', async () => {
    await tried.getByRole('button', { name: 'Try all steps' }).click();
    await expect(tried.getByRole('textbox', { name: 'document' })).toBeFocused();
    await expect(tried).toContainText('This is needed to try the workflow.');
    await tried.getByRole('textbox', { name: 'document' }).fill('Sales rose by 12 % in May. Costs fell. The new shop opened on time.');
  });

  await test.step('every step shows what it gave', async () => {
    await tried.getByRole('button', { name: 'Try all steps' }).click();
    await expect(tried).toContainText('4 of 4 steps');
    for (const name of ['Find the key points', 'Write the summary', 'Write the headline', 'Put the digest together']) await expect(card(page, name)).toContainText('Completed');
    await card(page, 'Find the key points').getByRole('button', { name: 'Output of Find the key points', exact: true }).click();
    await expect(card(page, 'Find the key points')).toContainText('Sales rose by 12 %');
  });

  await test.step('an edited step is run alone on what the others gave', async () => {
    const digest = card(page, 'Put the digest together');
    await digest.getByRole('textbox', { name: 'Expression of Put the digest together' }).fill('"Read: " & headline');
    await expect(digest).toContainText('Changed since');
    await digest.getByRole('button', { name: 'Run only Put the digest together' }).click();
    await expect(digest).not.toContainText('Changed since');
    await expect(digest.getByRole('button', { name: 'Output of Put the digest together', exact: true })).toContainText('Read: ');
    await expect(tried).toContainText('1 of 1 step');
  });

  await test.step('a pinned step gives its output without being run, also after the page was closed', async () => {
    await card(page, 'Find the key points').getByRole('button', { name: 'Pin the output of Find the key points' }).click();
    await page.getByRole('button', { name: 'Discard' }).click();
    await page.reload();
    await expect(card(page, 'Find the key points')).toContainText('Pinned');
    await tried.getByRole('button', { name: 'Inputs to try it with' }).click();
    await tried.getByRole('textbox', { name: 'document' }).fill('Something else');
    await card(page, 'Write the summary').getByRole('button', { name: 'Run to Write the summary' }).click();
    await expect(tried).toContainText('2 of 2 steps');
    await expect(card(page, 'Write the headline')).toContainText('Not tried yet');
    await card(page, 'Find the key points').getByRole('button', { name: 'Unpin the output of Find the key points' }).click();
  });

  await test.step('what fails says why beside its step', async () => {
    const digest = card(page, 'Put the digest together');
    await digest.getByRole('textbox', { name: 'Expression of Put the digest together' }).fill('$error("No luck")');
    await tried.getByRole('button', { name: 'Try all steps' }).click();
    await expect(digest).toContainText('No luck');
    await expect(tried).toContainText('Failed');
  });

  const { executions } = await api.request('{ executions { edges { node { id } } } }', {}, z.object({ executions: z.object({ edges: z.array(z.unknown()) }) }));
  expect(executions.edges).toEqual([]);
});

function card(page: Page, name: string): Locator {
  return page.getByRole('listitem', { name: new RegExp(`^Step \\d+: ${name}$`) });
}
