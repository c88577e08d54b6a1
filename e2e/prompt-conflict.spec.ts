import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { MergePage } from './merge-page.js';
import { makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';
import { secondPerson } from './second-person.js';

test('two people commit on one branch: the second gets both sides, and merges them', async ({ page, api, product, otherDevice }) => {
  const { id } = await makePrompt(api, { name: 'Summary', text: 'Summarise in three sentences.\n\nKeep numbers.\n\n{{ document }}' });
  const ada = new PromptPage(page);
  const grace = new PromptPage(await otherDevice());
  await signIn(ada.page, api.account, `/prompts/${id}`);
  await signIn(grace.page, await secondPerson(product), `/prompts/${id}`);

  await test.step('both write, and one commits first', async () => {
    await ada.write(ada.text, 'Summarise in two sentences.\n\nKeep numbers.\n\n{{ document }}');
    await grace.write(grace.text, 'Summarise in five sentences.\n\nKeep numbers and names.\n\n{{ document }}');
    await grace.expectDraftKept();
    await grace.page.getByRole('button', { name: 'Commit…' }).click();
    await grace.commitDialog().getByLabel('What changed?').fill('Longer');
    await ada.commit('Shorter');
  });

  const merge = new MergePage(grace.page);
  await test.step('the other is shown both sides and what nobody disputes', async () => {
    await grace.page.keyboard.press('Enter');
    await expect(grace.page).toHaveURL(/\/merge\?/);
    await expect(grace.page.getByText(/Ada Lovelace committed 1\.0\.1 on main/)).toBeVisible();
    await expect(merge.conflicts).toContainText('0 of 1 resolved');
    await expect(merge.conflicts).toContainText('Summarise in two sentences.');
    await expect(merge.conflicts).toContainText('Summarise in five sentences.');
    await expect(merge.result).toContainText('Keep numbers and names.');
  });

  await test.step('and merges them, the message still there', async () => {
    await grace.page.keyboard.press('2');
    await expect(merge.conflicts).toContainText('1 of 1 resolved');
    await expect(merge.result.getByRole('textbox', { name: 'Message of the merge' })).toHaveValue('Longer');
    await merge.confirm('Commit the merge').click();
    await expect(grace.versions.nth(1)).toContainText('Longer');
    await expect(grace.text).toContainText('Summarise in two sentences.');
    await expect(grace.text).toContainText('Keep numbers and names.');
    await ada.page.reload();
    await expect(ada.versions.nth(1)).toContainText('Longer');
  });
});
