import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makePrompt, setLabel } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('a label that would break the prompts that include it asks first, naming them, and moves when it is told to', async ({ page, api }) => {
  const { id, headId } = await makePrompt(api, { name: 'Tone', path: 'shared/tone', text: 'Be kind.' });
  await setLabel(api, id, 'production', headId);
  await makePrompt(api, { name: 'Mail', path: 'mail', text: 'Write. {% prompt "shared/tone" %}' });
  await commitText(api, id, 'Be {{ mood }}.');
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  const warning = page.getByRole('dialog', { name: 'production at 2.0.0 breaks what uses it' });

  const popover = await prompt.openLabels();
  await popover.getByRole('button', { name: 'Move to 2.0.0' }).click();
  await expect(warning.getByRole('listitem')).toContainText('mail 1.0.0');
  await expect(warning.getByRole('listitem')).toContainText('mood');
  await page.keyboard.press('Escape');
  await expect(warning).toBeHidden();
  await expect(prompt.labels).toHaveText('production 1.0.0');

  await popover.getByRole('button', { name: 'Move to 2.0.0' }).click();
  await warning.getByRole('button', { name: 'Move anyway' }).click();
  await expect(prompt.labels).toHaveText('production 2.0.0');

  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(prompt.labels).toHaveText('production 1.0.0');
});
