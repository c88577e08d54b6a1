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
    await second.getByRole('button', { name: 'Save as version…' }).click();
    const dialog = prompt.commitDialog();
    await expect(dialog.getByLabel('What changed?')).toHaveValue('As tried in the playground with simulated/instant');
    await expect(dialog.getByRole('button', { name: 'Commit', exact: true })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(page.getByText('Version 1.0.1 committed.')).toBeVisible();
    await expect(dialog).toBeHidden();
    await prompt.tab('Edit').click();
    await expect(prompt.versions.nth(1)).toContainText('As tried in the playground with simulated/instant');
    await expect(prompt.versions.nth(1)).toContainText(/1 run · .*tokens/);
    await expect(prompt.versions.nth(2)).not.toContainText('run');
    await expect(prompt.text).toContainText('in order');
  });
});

test('a value that is missing is asked for in its field', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Letter', text: 'Write to {{ name }} about {{ topic }}' });
  await signIn(page, api.account, `/prompts/${id}/playground`);
  const [name, topic] = [page.getByRole('textbox', { name: 'name' }), page.getByRole('textbox', { name: 'topic' })];
  await expect(page.getByRole('button', { name: 'Back to the samples' })).toBeHidden();
  await name.fill('Ada');
  await expect(page.getByRole('button', { name: 'Clear the values' })).toBeVisible();
  await name.press('ControlOrMeta+Enter');
  await expect(topic).toBeFocused();
  await expect(topic).toHaveAccessibleDescription('Give a value: the prompt needs it.');
  await expect(page.getByRole('region', { name: 'Answer of Column 1' })).toHaveText('topic: Give a value: the prompt needs it.');

  await page.keyboard.type('engines');
  await expect(topic).not.toHaveAttribute('aria-invalid');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('region', { name: 'Column 1', exact: true }).getByRole('status')).toContainText('Complete');
});

test('four answers fit side by side, and are still there after a look at the editor', async ({ page, api }) => {
  const { id } = await makePrompt(api, { name: 'Letter', text: 'Write a letter' });
  const prompt = new PromptPage(page);
  await signIn(page, api.account, `/prompts/${id}/playground?${'run=draft~simulated/instant&'.repeat(4)}`);
  const columns = page.getByRole('region', { name: /^Column \d$/ });
  await page.getByRole('button', { name: 'Run all 4' }).click();
  for (const column of await columns.all()) {
    await expect(column.getByRole('status')).toContainText('Complete');
    await expect(column).toBeInViewport({ ratio: 0.99 });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  const { width } = (await columns.first().boundingBox()) ?? { width: 0 };
  expect(width, 'on a narrow screen they stand below one another, each as wide as the page').toBeGreaterThan(340);
  await page.setViewportSize({ width: 1440, height: 900 });
  const answer = await page.getByRole('region', { name: 'Answer of Column 4' }).innerText();
  await prompt.tab('Edit').click();
  await expect(prompt.text).toBeVisible();
  await prompt.tab('Playground').click();
  await expect(columns).toHaveCount(4);
  await expect(page.getByRole('region', { name: 'Answer of Column 4' })).toHaveText(answer);
});

const factOf = (column: Locator, name: string): Locator => column.getByRole('term').filter({ hasText: new RegExp(`^${name}$`) }).locator('xpath=following-sibling::dd');
