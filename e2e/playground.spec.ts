import { type Locator } from '@playwright/test';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { longText } from './long-run.js';
import { makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('two models answer side by side, one is cancelled, and what was tried is saved as a version that says how often it ran', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Key points', text: 'List the 40 most important points of this text.\n\n{{ document }}' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}`);
  await prompt.tab('Playground').click();
  const [first, second] = [1, 2].map((number) => page.getByRole('region', { name: `Column ${number}`, exact: true })) as [Locator, Locator];
  const answerOf = (column: Locator) => column.getByRole('region', { name: /^Answer of/ });

  await test.step('the draft, changed, on two models', async () => {
    await page.getByRole('textbox', { name: 'document' }).fill(longText(40));
    await prompt.write(prompt.text, 'List the 40 most important points of this text, in order.\n\n{{ document }}');
    await page.getByRole('button', { name: 'Compare with another' }).click();
    await second.getByRole('combobox', { name: 'Model of Column 2' }).click();
    await page.getByRole('option', { name: 'simulated/instant' }).click();
  });

  await test.step('one streams and is cancelled, what had arrived stays; the other is done with all that it took', async () => {
    await page.getByRole('button', { name: 'Run all 2' }).click();
    await expect.poll(async () => (await answerOf(first).innerText()).length).toBeGreaterThan(40);
    const arrived = await answerOf(first).innerText();
    await expect(first.getByRole('status')).toContainText('Answering');
    await expect.poll(async () => (await answerOf(first).innerText()).length, 'it grows').toBeGreaterThan(arrived.length);
    await first.getByRole('button', { name: 'Cancel' }).click();
    await expect(first.getByRole('status')).toContainText(/Cancelled.*Stopped after/s);
    expect((await answerOf(first).innerText()).length).toBeGreaterThan(arrived.length);

    await expect(second.getByRole('status')).toContainText('Complete');
    await expect(second.getByRole('status')).toContainText('Simulated');
    for (const [fact, value] of [['Took', /\d (m?s)/], ['First words', /\d (m?s)/], ['In', /[\d,]+ tokens/], ['Out', /[\d,]+ tokens/], ['Cost', /0/]] as const) {
      await expect(factOf(second, fact), fact).toHaveText(value);
    }
  });

  await test.step('what was tried becomes a version, model and all, and its run counts', async () => {
    await second.getByRole('button', { name: 'Save as version' }).click();
    await expect(page.getByText('Version 1.0.1 committed.')).toBeVisible();
    await prompt.tab('Edit').click();
    await expect(prompt.versions.nth(1)).toContainText('As tried in the playground with simulated/instant');
    await expect(prompt.versions.nth(1)).toContainText(/1 run · .*tokens/);
    await expect(prompt.versions.nth(2)).not.toContainText('run');
    await expect(prompt.text).toContainText('in order');
  });
});

const factOf = (column: Locator, name: string): Locator => column.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');
