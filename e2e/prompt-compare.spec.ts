import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('any version can be compared, however many came after it', async ({ page, api }) => {
  test.setTimeout(120_000);
  const { id } = await makePrompt(api, { name: 'Summary', text: 'The very first text' });
  for (let number = 1; number <= 101; number++) await commitText(api, id, `Text ${number}`);
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  await prompt.tab('Compare').click();
  const from = page.getByRole('combobox', { name: 'Compare from' });
  const first = page.getByRole('option', { name: /^1\.0\.0/ });

  await from.fill('1.0.0');
  await expect(page.getByRole('option')).toHaveText(['Load older versions…']);
  await from.press('ArrowDown');
  await from.press('Enter');
  await expect(first).toBeVisible();
  await expect(page.getByRole('option')).toHaveCount(1);
  await from.press('ArrowDown');
  await from.press('Enter');
  await expect(from).toHaveValue(/^1\.0\.0 /);
  await expect(first).toBeHidden();
  await expect(page.getByRole('main')).toContainText('The very first text');
  await expect(page.getByRole('main')).toContainText('Text 101');
});
