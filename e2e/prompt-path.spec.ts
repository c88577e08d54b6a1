import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { makePrompt, makePromptWorkflow, setLabel } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('a path that others refer to changes only when that is asked for, knowing whom it breaks', async ({ page, api }) => {
  const tone = await makePrompt(api, { name: 'Tone', path: 'shared/tone', text: 'Be kind.' });
  await setLabel(api, tone.id, 'production', tone.headId);
  const letter = await makePrompt(api, { name: 'Letter', path: 'letter', text: '{% prompt "shared/tone" %} Write a letter.' });
  await makePromptWorkflow(api, 'Letters', letter.id);
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${tone.id}`);
  await page.getByRole('button', { name: 'Details' }).click();
  const path = page.getByRole('textbox', { name: 'Path' });
  const dialog = page.getByRole('dialog', { name: 'Change the path though it is in use?' });

  await test.step('it is said who refers to it, and the path may be kept', async () => {
    await path.fill('shared/manner');
    await path.press('Enter');
    await expect(dialog.getByRole('listitem')).toContainText(['letter']);
    await dialog.getByRole('button', { name: 'Keep the path' }).click();
    await expect(dialog).toBeHidden();
    await expect(path).toHaveValue('shared/tone');
    expect(await pathOf(tone.id)).toBe('shared/tone');
  });

  await test.step('changed anyway, it is found by the new path, and who referred to the old one is told', async () => {
    await path.fill('shared/manner');
    await page.getByRole('button', { name: 'Change path' }).click();
    await dialog.getByRole('button', { name: 'Change anyway' }).click();
    await expect(page.getByText('The path is shared/manner now.')).toBeVisible();
    await expect(dialog).toBeHidden();
    await expect(path).toHaveValue('shared/manner');
    await expect(page.getByRole('button', { name: 'Change path' })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByTitle('shared/manner')).toBeVisible();
    expect(await pathOf(tone.id)).toBe('shared/manner');

    await prompt.open(letter.id);
    await expect(page.getByText('There is no prompt at shared/tone in this workspace.').first()).toBeVisible();
  });

  async function pathOf(id: string): Promise<string> {
    const { prompt: found } = await api.request('query ($id: ID!) { prompt(id: $id) { path } }', { id }, z.object({ prompt: z.object({ path: z.string() }) }));
    return found.path;
  }
});
