import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makeBranch, makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('the keyboard goes on where it was when what it was on is gone: in the editor', async ({ page, api }) => {
  const { id, headId } = await makePrompt(api, { name: 'Letter', text: 'Write to {{ name }} about {{ topic }}' });
  await commitText(api, id, 'Write a letter to {{ name }} about {{ topic }}');
  await makeBranch(api, id, 'short', headId);
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);

  await test.step('a variable renamed by Enter, and by leaving its field', async () => {
    await prompt.variables.getByRole('button', { name: /^name/ }).first().press('Enter');
    const name = prompt.aside.getByRole('textbox', { name: /^Name of/ });
    await name.fill('reader');
    await page.keyboard.press('Enter');
    await expect(name).toHaveAccessibleName('Name of reader');
    await prompt.expectVariables('reader', 'topic');
    await expect(name).toBeFocused();
    await name.fill('person');
    await page.keyboard.press('Tab');
    await prompt.expectVariables('person', 'topic');
    await expect(prompt.aside.getByRole('combobox', { name: 'Type of person' })).toBeFocused();
  });

  await test.step('a draft that is discarded', async () => {
    await page.getByRole('button', { name: 'Discard' }).press('Enter');
    await expect(page.getByRole('button', { name: 'Discard' })).toBeHidden();
    await expect(page.locator('main :focus')).toBeVisible();
  });

  await test.step('a branch that is chosen', async () => {
    await page.getByRole('button', { name: 'Branch main' }).press('Enter');
    await expect(page.getByRole('option', { name: /short/ })).toBeVisible();
    await page.keyboard.type('short');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Branch short' })).toBeFocused();
  });

  await test.step('a version that is restored', async () => {
    await page.goto(`/prompts/${id}?version=${headId}`);
    await page.getByRole('button', { name: 'Restore 1.0.0…' }).press('Enter');
    await expect(page.getByRole('textbox', { name: 'Message', exact: true })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Same as 1.0.2').first()).toBeVisible();
    await expect(page.locator('main :focus')).toBeVisible();
  });
});

test('a new prompt that can’t be read leads to its fault, said once', async ({ page, api }) => {
  const prompt = new PromptPage(page);
  await signIn(page, api.account, '/prompts/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Letter');
  await prompt.write(prompt.text, 'Write to {{ name');
  await expect(page.getByRole('button', { name: /^Line 1, column 10/ })).toBeVisible();
  await page.getByRole('button', { name: 'Create prompt' }).click();
  await expect(prompt.text).toBeFocused();
  await expect(page.getByText(/is not closed/)).toHaveCount(1);
  await page.getByRole('textbox', { name: 'Name', exact: true }).press('ControlOrMeta+s');
  await expect(prompt.text).toBeFocused();
});

test('the keyboard goes on where it was when what it was on is gone: in the library', async ({ page, api }) => {
  for (let number = 1; number <= 32; number++) await makePrompt(api, { name: `Prompt ${number}`, text: 'Hello' });
  await signIn(page, api.account, '/prompts');
  const rows = page.getByRole('table', { name: 'Prompts' }).getByRole('row');

  await page.getByRole('button', { name: 'Load more' }).press('Enter');
  await expect(rows).toHaveCount(33);
  await expect(rows.nth(31).getByRole('link')).toBeFocused();

  await page.getByRole('button', { name: 'Actions for Prompt 20' }).press('Enter');
  await expect(page.getByRole('menuitem').first()).toBeFocused();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Archive' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows).toHaveCount(32);
  await expect(page.getByRole('button', { name: 'Actions for Prompt 19' })).toBeFocused();

  await page.getByRole('checkbox', { name: 'Select Prompt 18' }).click();
  const [toast, bar] = await Promise.all([page.getByRole('alert').filter({ hasText: 'archived' }).boundingBox(), page.getByRole('toolbar', { name: 'Selected prompts' }).boundingBox()]);
  expect(toast && bar && toast.y + toast.height <= bar.y, 'what was done is said above the bar of what can be done').toBe(true);
});
