import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { MergePage } from './merge-page.js';
import { commitText, makeBranch, makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('a chat is written, branched, changed on both sides, merged with conflicts, promoted and rolled back, and others see where its label is', async ({ page, api, otherDevice }) => {
  test.setTimeout(180_000);
  const prompt = new PromptPage(page);
  await signIn(page, api.account, '/prompts/new');

  await test.step('a chat of two messages, created and committed with Ctrl+S', async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop reply');
    await page.getByText('Chat messages', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Role' }).selectOption('System');
    await prompt.write(prompt.message(1), 'You answer for a bicycle shop.\nUse three sentences.');
    await page.getByRole('button', { name: 'Add message' }).click();
    await prompt.write(prompt.message(2), 'Reply to {{ customer }}:\n{{ question }}');
    await prompt.expectVariables('customer', 'question');
    await page.keyboard.press('ControlOrMeta+s');
    await expect(page.getByRole('heading', { name: 'Shop reply', level: 1 })).toBeVisible();

    await prompt.write(prompt.message(1), 'You answer for a bicycle shop.\nUse three sentences.\nBe friendly.');
    await prompt.expectDraftKept();
    await page.keyboard.press('ControlOrMeta+s');
    await expect(prompt.commitDialog().getByText('Be friendly.')).toBeVisible();
    await prompt.confirmCommit('Friendlier');
    await expect(prompt.versions.nth(1)).toContainText('1.0.1');
  });

  await test.step('the label for production, set at the first version that is good', async () => {
    const popover = await prompt.openLabels();
    await popover.getByRole('combobox', { name: 'Name of the label' }).fill('production');
    await page.keyboard.press('Enter');
    await expect(prompt.labels).toHaveText('production 1.0.1');
    await page.keyboard.press('Escape');
  });

  await test.step('a branch, on which two sentences change and a message is added', async () => {
    await page.getByRole('button', { name: 'Branch main' }).click();
    await page.getByPlaceholder('Find a branch, or name a new one').fill('longer');
    await page.getByRole('option', { name: 'New branch from 1.0.1…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New branch' });
    await expect(dialog.getByLabel('Name')).toHaveValue('longer');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Branch longer' })).toBeVisible();

    await prompt.write(prompt.message(1), 'You answer for a bicycle shop.\nUse five sentences.\nBe friendly.');
    await prompt.write(prompt.message(2), 'Write to {{ customer }}:\n{{ question }}');
    await page.getByRole('button', { name: 'Add message' }).click();
    await prompt.write(prompt.message(3), 'Dear {{ customer }},');
    await prompt.commit('Longer, with a salutation', 'longer');
  });

  await test.step('on main the same two sentences change, and the temperature', async () => {
    await prompt.switchTo('main');
    await expect(prompt.message(1)).toContainText('Use three sentences.');
    await prompt.write(prompt.message(1), 'You answer for a bicycle shop.\nUse two sentences.\nBe friendly.');
    await prompt.write(prompt.message(2), 'Answer to {{ customer }}:\n{{ question }}');
    await prompt.panel('Model').click();
    await prompt.aside.getByRole('textbox', { name: 'Temperature' }).fill('0.2');
    await prompt.commit('Shorter and cooler');
  });

  await test.step('the merge: one conflict decided by a side, one by other words, and the rest goes together by itself', async () => {
    await prompt.switchTo('longer');
    await page.getByRole('button', { name: 'Branch longer' }).click();
    await page.getByRole('link', { name: 'Merge into main…' }).click();
    const merge = new MergePage(page);
    await expect(merge.conflicts).toContainText('0 of 2 resolved');
    await expect(merge.conflicts).toContainText('Use two sentences.');
    await expect(merge.conflicts).toContainText('Use five sentences.');
    await merge.takeTheirs();
    await expect(merge.conflicts).toContainText('1 of 2 resolved');
    await expect(merge.confirm('1 still open')).toBeDisabled();
    await merge.next();
    await merge.writeOwn('Respond kindly');
    await expect(merge.conflicts).toContainText('2 of 2 resolved');

    await expect(merge.result).toContainText('Use five sentences.');
    await expect(merge.result).toContainText('Respond kindly to {{ customer }}:');
    await expect(merge.result).toContainText('Dear {{ customer }},');
    await merge.confirm('Merge').click();
    await expect(prompt.versions.nth(1)).toContainText('Merge longer into main');
    await expect(prompt.message(1)).toContainText('Use five sentences.');
    await expect(prompt.message(2)).toContainText('Respond kindly to {{ customer }}:');
    await expect(prompt.message(3)).toContainText('Dear {{ customer }},');
    await prompt.panel('Model').click();
    await expect(prompt.aside.getByRole('textbox', { name: 'Temperature' })).toHaveValue('0.2');
  });

  await test.step('the history shows both parents', async () => {
    await prompt.tab('History').click();
    const row = page.getByRole('link', { name: /Merge longer into main, on main, a merge$/ });
    await row.click();
    await expect(page.getByRole('complementary', { name: 'Version' }).getByText(/^Merges/)).toContainText(/Merges 1\.0\.3 and 1\.0\.2/);
  });

  const other = new PromptPage(await otherDevice());
  await signIn(other.page, api.account, new URL(page.url()).pathname);
  await expect(other.labels).toHaveText('production 1.0.1');

  await test.step('the merge is promoted: the label leaves one version, which is named, and is seen elsewhere within a second', async () => {
    const popover = await prompt.openLabels();
    await popover.getByRole('button', { name: 'Move to 1.0.4' }).click();
    await expect(prompt.labels).toHaveText('production 1.0.4');
    await expect(other.labels).toHaveText('production 1.0.4', { timeout: 1_000 });
    await expect(page.getByText('production moved from 1.0.1 to 1.0.4.')).toBeVisible();
  });

  await test.step('and rolled back', async () => {
    await page.getByRole('button', { name: 'Roll production back to 1.0.1' }).click();
    await expect(prompt.labels).toHaveText('production 1.0.1');
    await expect(other.labels).toHaveText('production 1.0.1', { timeout: 1_000 });
    await expect(page.getByText('production is back at 1.0.1.')).toBeVisible();
  });
});

test('a merge of which everything is still to be decided says that, and not that nothing differs', async ({ page, api }) => {
  const { id, headId } = await makePrompt(api, { name: 'Summary', text: 'Summarise in three sentences.' });
  await makeBranch(api, id, 'longer', headId);
  await commitText(api, id, 'Summarise in five sentences.', { branch: 'longer' });
  await commitText(api, id, 'Summarise in two sentences.');
  await signIn(page, api.account, `/prompts/${id}/merge?source=longer&target=main`);
  const merge = new MergePage(page);
  await expect(merge.result).toContainText('Nothing yet: it depends on what you decide on the conflict above.');
  await expect(merge.result).not.toContainText('Nothing differs');
  await merge.takeTheirs();
  await expect(merge.result).toContainText('Summarise in five sentences.');
});
