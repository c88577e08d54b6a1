import { type Page } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makePrompt, makePromptWorkflow, setLabel } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('the dialog says which number the version gets, for each kind of version', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Summary', text: 'Summarise {{ document }}' });
  await commitText(api, id, 'Summarise {{ document }} in a line');
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  await prompt.write(prompt.text, 'Summarise {{ document }} in three lines');
  await page.keyboard.press('ControlOrMeta+s');
  const number = prompt.commitDialog().getByRole('region', { name: 'Version number' });
  const kinds = number.getByRole('radiogroup', { name: 'Kind of version' });
  await expect(number).toContainText(/1\.0\.1\s*1\.0\.2/);
  await kinds.getByText('Major').click();
  await expect(number).toContainText(/1\.0\.1\s*2\.0\.0/);
  await kinds.getByText('Minor').click();
  await expect(number).toContainText(/1\.0\.1\s*1\.1\.0/);
  await prompt.confirmCommit('Three lines');
  await expect(prompt.versions.nth(1)).toContainText('1.1.0');
});

test('Enter before it is known what the commit comes to commits, unless somebody would be broken by it', async ({ page, api }) => {
  const { id, headId } = await makePrompt(api, { name: 'Tone', path: 'tone', text: 'Be kind.' });
  await setLabel(api, id, 'production', headId);
  await commitText(api, id, 'Be {{ mood }}.', { message: 'A mood' });
  const letter = await makePrompt(api, { name: 'Letter', path: 'letter', text: '{% prompt "tone" %} Write a letter.' });
  await makePromptWorkflow(api, 'Letters', letter.id);
  const prompt = new PromptPage(page);
  const previews = await heldBack(page, 'PreviewPromptCommit');
  await signIn(page, api.account, `/prompts/${id}`);
  const dialog = prompt.commitDialog();
  const message = dialog.getByLabel('What changed?');
  const commit = dialog.getByRole('button', { name: 'Commit', exact: true });

  await test.step('nobody would be: it is committed as soon as that is known', async () => {
    await prompt.write(prompt.text, 'Be {{ mood }}, always.');
    await page.keyboard.press('ControlOrMeta+s');
    await message.fill('Always');
    await page.keyboard.press('Enter');
    await expect(commit).toHaveAttribute('data-loading', 'true');
    await previews.letGo();
    await expect(dialog).toBeHidden();
    await expect(prompt.versions.nth(1)).toContainText('Always');
  });

  await test.step('callers would be: it is shown first, and Enter commits', async () => {
    await prompt.write(prompt.text, 'Be {{ mood }} and {{ manner }}, always.');
    await page.keyboard.press('ControlOrMeta+s');
    await message.fill('A manner');
    await page.keyboard.press('Enter');
    await previews.letGo();
    await expect(dialog).toContainText('Variable manner is new and must be given.');
    await expect(commit).toBeEnabled();
    await prompt.confirmCommit('A manner');
  });

  await test.step('a step of a workflow would be, by the label that moves along: it is named first', async () => {
    await prompt.write(prompt.text, 'Be {{ mood }} and {{ manner }}, every time.');
    await page.keyboard.press('ControlOrMeta+s');
    await previews.letGo();
    await expect(dialog).toContainText('every time');
    await expect(dialog).not.toContainText('Letters');
    await message.fill('Every time');
    await dialog.getByLabel('Move a label there').fill('production');
    await expect(dialog.getByText('production leaves 1.0.0.')).toBeVisible();
    await message.focus();
    await page.keyboard.press('Enter');
    await expect(commit).toHaveAttribute('data-loading', 'true');
    await previews.letGo();
    await expect(dialog.getByText('Breaks 1 step of 1 workflow')).toBeVisible();
    await expect(dialog.getByRole('link', { name: 'Letters' }).first()).toBeVisible();
    await expect(dialog.getByText('Changes 1 prompt that includes this one')).toBeVisible();
    await expect(dialog.getByRole('listitem').filter({ hasText: 'letter 1.0.0, at label production' })).toBeVisible();
    await expect(dialog).toBeVisible();
    await prompt.confirmCommit('Every time');
    await expect(prompt.labels).toHaveText(/^production 3\.0\.1/);
  });
});

/** Keeps the requests of an operation until they are let go, as a slow network would. */
async function heldBack(page: Page, operation: string) {
  const held: (() => Promise<void>)[] = [];
  let arrived = () => {};
  await page.route('**/graphql', async (route) => {
    if (!route.request().postData()?.includes(`"operationName":"${operation}"`)) return route.continue();
    held.push(() => route.continue());
    arrived();
  });
  return {
    /** At least one, which may be yet to come. */
    letGo: async () => {
      if (held.length === 0) await new Promise<void>((resolve) => (arrived = resolve));
      await Promise.all(held.splice(0).map((go) => go()));
    },
  };
}
