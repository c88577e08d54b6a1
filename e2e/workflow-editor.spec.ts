import { type Locator, type Page } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';

test('a workflow with a condition, a delay and an error handler, made in the editor, saved and run', async ({ page, api }) => {
  await signIn(page, api.account);
  await page.goto('/workflows/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Sort a message');

  await test.step('a condition on an input', async () => {
    const check = await addStep(page, 'condition', 1, 'Is it long?');
    await addValue(page, check, 'text', 'New input “text”');
    await expression(check, 'Is it long?').fill('$length(text) > 10');
  });

  await test.step('a delay and a step that run only when it is so', async () => {
    const pause = await addStep(page, 'delay', 2, 'Pause');
    await pause.getByRole('textbox', { name: 'How long it waits' }).fill('1');
    await choose(page, pause.getByRole('combobox', { name: 'Unit' }), 'seconds');
    await pause.getByRole('textbox', { name: 'How long it waits' }).fill('1');
    await more(pause);
    await choose(page, pause.getByRole('combobox', { name: 'Runs only when' }), 'Is it long?: true');
  });

  await test.step('a step that fails, and one that takes over', async () => {
    const breaks = await addStep(page, 'transform', 3, 'Break');
    await addValue(page, breaks, 'at', 'Pause');
    await expression(breaks, 'Break').fill('$error("no luck")');
    const sorry = await addStep(page, 'transform', 4, 'Say sorry');
    await expression(sorry, 'Say sorry').fill('"Sorry"');
    await more(breaks);
    await choose(page, breaks.getByRole('combobox', { name: 'If it fails' }), 'Hand over to another step');
    await choose(page, breaks.getByRole('combobox', { name: 'Step that takes over' }), 'Say sorry');
  });

  await test.step('is saved with all of it, and opens as it was', async () => {
    await page.getByRole('button', { name: 'Create workflow' }).click();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
    await page.reload();
    const pause = card(page, 2, 'Pause');
    await expect(pause).toContainText('only when Is it long?: true');
    await expect(card(page, 3, 'Break')).toContainText('hands over if it fails');
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
    await expect(card(page, 1, 'Is it long?')).toContainText('string, such as “long enough to be long”');
  });
});

const card = (page: Page, number: number, name: string): Locator => page.getByRole('listitem', { name: `Step ${number}: ${name}` });

const expression = (step: Locator, name: string): Locator => step.getByRole('textbox', { name: `Expression of ${name}` });

async function addStep(page: Page, type: string, number: number, name: string): Promise<Locator> {
  await page.getByRole('button', { name: `Add ${type} step` }).click();
  await page.getByRole('textbox', { name: `Name of step ${number}` }).fill(name);
  return card(page, number, name);
}

async function addValue(page: Page, step: Locator, name: string, from: string): Promise<void> {
  await step.getByRole('button', { name: 'Add value' }).click();
  await step.getByRole('textbox', { name: 'Name of the value' }).last().fill(name);
  await choose(page, step.getByRole('combobox', { name: `Where ${name} comes from` }), from);
}

const more = (step: Locator): Promise<void> => step.getByRole('button', { name: /^More/ }).click();

async function choose(page: Page, select: Locator, option: string): Promise<void> {
  await select.click();
  await page.getByRole('option', { name: option, exact: true }).click();
}
