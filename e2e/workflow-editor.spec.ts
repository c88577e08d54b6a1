import { type Locator } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';
import { WorkflowForm } from './workflow-form.js';

test('a workflow with a condition, a delay and an error handler, made in the editor, saved and run', async ({ page, api }) => {
  await signIn(page, api.account);
  await page.goto('/workflows/new');
  const form = new WorkflowForm(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Sort a message');

  await test.step('a condition on an input', async () => {
    const check = await form.addStep('condition', 1, 'Is it long?');
    await form.addValue(check, 'text', 'New input “text”');
    await expression(check, 'Is it long?').fill('$length(text) > 10');
  });

  await test.step('a delay and a step that run only when it is so', async () => {
    const pause = await form.addStep('delay', 2, 'Pause');
    await pause.getByRole('textbox', { name: 'How long it waits' }).fill('1');
    await form.choose(pause.getByRole('combobox', { name: 'Unit' }), 'seconds');
    await pause.getByRole('textbox', { name: 'How long it waits' }).fill('1');
    await form.more(pause);
    await form.choose(pause.getByRole('combobox', { name: 'Runs only when' }), 'Is it long?: true');
  });

  await test.step('a step that fails, and one that takes over', async () => {
    const breaks = await form.addStep('transform', 3, 'Break');
    await form.addValue(breaks, 'at', 'Pause');
    await expression(breaks, 'Break').fill('$error("no luck")');
    const sorry = await form.addStep('transform', 4, 'Say sorry');
    await expression(sorry, 'Say sorry').fill('"Sorry"');
    await form.more(breaks);
    await form.choose(breaks.getByRole('combobox', { name: 'If it fails' }), 'Hand over to another step');
    await form.choose(breaks.getByRole('combobox', { name: 'Step that takes over' }), 'Say sorry');
  });

  await test.step('is saved with all of it, and opens as it was', async () => {
    await page.getByRole('button', { name: 'Create workflow' }).click();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
    await page.reload();
    const pause = form.card(2, 'Pause');
    await expect(pause).toContainText('only when Is it long?: true');
    await expect(form.card(3, 'Break')).toContainText('hands over if it fails');
    await expect(page.getByRole('button', { name: 'Save version' })).toBeHidden();
  });

  const run = new RunPage(page);
  await test.step('a run takes the branch, waits, and is handed over', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Sort a message”' });
    await dialog.getByRole('textbox', { name: 'text' }).fill('long enough to be long');
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await run.expectCompleted();
    await expect(run.row('Break')).toContainText('Failed');
    await run.select('Say sorry');
    await expect(run.output('Say sorry')).toHaveText('Sorry');
  });

  await test.step('the editor then says of what type a value is, and what it was', async () => {
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    await page.getByRole('link', { name: 'Sort a message' }).click();
    await expect(form.card(1, 'Is it long?')).toContainText('string, such as “long enough to be long”');
  });
});

const expression = (step: Locator, name: string): Locator => step.getByRole('textbox', { name: `Expression of ${name}` });
