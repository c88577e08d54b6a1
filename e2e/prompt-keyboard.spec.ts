import { type Locator, type Page } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { tabTo } from './keyboard.js';
import { makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('a prompt is written, its variable typed, previewed, committed and promoted without a pointer', async ({ page, api }) => {
  test.setTimeout(180_000);
  const prompt = new PromptPage(page);
  await signIn(page, api.account, '/prompts');
  await expect(page.getByRole('heading', { name: 'No prompts yet' })).toBeVisible();

  await test.step('a new prompt', async () => {
    await press(page, page.getByRole('link', { name: 'New prompt' }).first());
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toBeFocused();
    await page.keyboard.type('Grade');
    await tabTo(page, prompt.text);
    await page.keyboard.type('Grade this essay from 1 to {{ highest');
    await prompt.expectVariables('highest');
    await page.keyboard.press('ControlOrMeta+s');
    await expect(page.getByRole('heading', { name: 'Grade', level: 1 })).toBeVisible();
  });

  await test.step('its variable becomes a number', async () => {
    await expect(prompt.text).toContainText('{{ highest');
    await press(page, prompt.variables.getByRole('button', { name: /^highest/ }).first());
    const type = prompt.aside.getByRole('combobox', { name: 'Type of highest' });
    await tabTo(page, type);
    await page.keyboard.type('Num');
    await expect(type).toHaveValue('NUMBER');
    await tabTo(page, prompt.aside.getByRole('textbox', { name: 'Sample of highest' }));
    await page.keyboard.type('6');
    await prompt.expectDraftKept();
  });

  await test.step('what the model gets', async () => {
    await tabTo(page, prompt.panel('Variables'), 'Shift+Tab');
    await page.keyboard.press('ArrowRight');
    await expect(prompt.panel('Preview')).toBeFocused();
    await expect(prompt.aside).toContainText('Grade this essay from 1 to 6');
  });

  await test.step('committed', async () => {
    await page.keyboard.press('ControlOrMeta+s');
    const dialog = prompt.commitDialog();
    await expect(dialog.getByLabel('What changed?')).toBeFocused();
    await expect(dialog.getByRole('button', { name: 'Commit', exact: true })).toBeEnabled();
    await page.keyboard.type('A number');
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(prompt.versions.nth(1)).toContainText('A number');
  });

  await test.step('and promoted, then moved on from one version to another', async () => {
    await press(page, prompt.labels, 'Shift+Tab');
    await expect(page.getByRole('combobox', { name: 'Name of the label' })).toBeFocused();
    await page.keyboard.type('production');
    await page.keyboard.press('Enter');
    await expect(prompt.labels).toHaveText(/^production /);
    const promoted = await prompt.labels.innerText();
    await page.keyboard.press('Escape');
    await expect(prompt.labels).toBeFocused();

    await press(page, page.getByRole('button', { name: 'More for 1.0.0' }));
    await expect(page.getByRole('menuitem').first()).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await expect(page.getByRole('menuitem', { name: /^Move production here/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(prompt.labels).toHaveText('production 1.0.0');
    expect(promoted).not.toContain('1.0.0');
  });
});

test('the first words after Ctrl+K are searched for, and Esc gives the text its cursor back', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Grade', text: 'Grade this' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  await prompt.text.press('ControlOrMeta+End');
  const search = page.getByRole('combobox', { name: 'Go to a page, a prompt or a workflow' });

  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('gra');
  await expect(search).toHaveValue('gra');
  await expect(prompt.text).toHaveText('Grade this');
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  await expect(prompt.text).toBeFocused();
  await page.keyboard.type(' essay');
  await expect(prompt.text).toHaveText('Grade this essay');
});

/** Goes there with the tab key and presses Enter. */
async function press(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await tabTo(page, target, key);
  await page.keyboard.press('Enter');
}
