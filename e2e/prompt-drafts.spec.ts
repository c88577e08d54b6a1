import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('what is written survives a reload, signing out and another device, and ends with its commit', async ({ page, api, otherDevice }) => {
  const { id } = await makePrompt(api, { name: 'Triage', text: 'Sort this ticket: {{ ticket }}' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);

  await test.step('a draft of a prompt, and of one that does not exist yet', async () => {
    await prompt.write(prompt.text, 'Sort this ticket by urgency: {{ ticket }}');
    await prompt.expectDraftKept();
    await page.goto('/prompts/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Escalation');
    await prompt.write(prompt.text, 'Write to {{ manager }}');
    await prompt.expectDraftKept();
  });

  await test.step('after a reload', async () => {
    await page.reload();
    await expect(page.getByRole('textbox', { name: 'Name', exact: true })).toHaveValue('Escalation');
    await expect(prompt.text).toContainText('Write to {{ manager }}');
  });

  await test.step('after signing out, on another device', async () => {
    await page.getByRole('button', { name: `Account of ${api.account.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

    const other = new PromptPage(await otherDevice());
    await signIn(other.page, api.account, `/prompts/${id}`);
    await expect(other.text).toContainText('Sort this ticket by urgency:');
    await expect(other.page.getByText('Your draft, from 1.0.0')).toBeVisible();
    await other.commit('By urgency');
    await expect(other.page.getByText('Same as 1.0.1').first()).toBeVisible();
    await other.page.goto('/prompts/new');
    await expect(other.text).toContainText('Write to {{ manager }}');
  });
});

test('what was typed a moment before signing out is kept', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Triage', text: 'Sort this ticket: {{ ticket }}' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, '/prompts/new');
  for (const [path, words] of [['/prompts/new', 'Write to the manager'], [`/prompts/${id}`, 'Sort this ticket by urgency']] as const) {
    await page.goto(path);
    await prompt.write(prompt.text, words);
    await page.getByRole('button', { name: `Account of ${api.account.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    await signIn(page, api.account, path);
    await expect(prompt.text).toContainText(words);
    await prompt.expectDraftKept();
  }
});

test('what was typed in one tab a moment before signing out in another is kept', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Triage', text: 'Sort this ticket: {{ ticket }}' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  const otherTab = await page.context().newPage();
  await otherTab.goto('/');
  const account = otherTab.getByRole('button', { name: `Account of ${api.account.name}` });
  await account.click();
  await prompt.write(prompt.text, 'Sort this ticket by urgency');
  await otherTab.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  // A new page load: what this tab remembers is gone.
  await signIn(page, api.account, `/prompts/${id}`);
  await expect(prompt.text).toContainText('Sort this ticket by urgency');
});
