import { type Page } from '@playwright/test';
import { DemoApi } from '../demo/demo-api.js';
import { newAccount, signInByApi, signUp } from './account.js';
import { expect, test } from './journey.js';
import { longText, readRun, textOf } from './long-run.js';
import { PromptPage } from './prompt-page.js';
import { RecordedOutput, tellingsOf } from './recorded-output.js';
import { RunPage } from './run-page.js';
import { WorkflowForm } from './workflow-form.js';

test('from signing up over prompts and a workflow to a run that is watched live, with a reload in the middle', async ({ page, product }) => {
  test.setTimeout(180_000);
  const account = newAccount();
  const shown = await RecordedOutput.on(page);
  await signUp(page, account);
  const prompt = new PromptPage(page);

  await test.step('two prompts, whose variables are found as they are typed', async () => {
    await startPrompt(page, 'Key points');
    await expect(prompt.aside).toContainText('None yet');
    await prompt.text.pressSequentially('List the 40 most important points of this text. {{ text');
    await prompt.expectVariables('text');
    await prompt.write(prompt.text, 'List the 40 most important points of this text.\n\n{{ document }}');
    await prompt.expectVariables('document');
    await prompt.panel('Model').click();
    await expect(prompt.aside.getByText('Simulated')).toBeVisible();
    await prompt.create('Key points');

    await startPrompt(page, 'Summary');
    await prompt.write(prompt.text, 'Write a summary in three sentences for {{ audience }}.\n\n{{ points }}');
    await prompt.expectVariables('audience', 'points');
    await prompt.create('Summary');
  });

  await test.step('an edit becomes a new version, and the old one stays', async () => {
    await prompt.write(prompt.text, 'Write a summary in two sentences for {{ audience }}.\n\n{{ points }}');
    await prompt.commit('Shorter');
    await expect(prompt.versions).toHaveCount(3);
    await prompt.versions.nth(2).click();
    await expect(prompt.text).toContainText('in three sentences');
  });

  await test.step('a workflow that chains them', async () => {
    await page.getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('link', { name: 'New workflow' }).first().click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Digest');
    const form = new WorkflowForm(page);

    const points = await form.addStep('prompt', 1, 'Find the points');
    await form.choose(points.getByRole('combobox', { name: 'Prompt' }), 'Key points');
    await form.choose(form.source(points, 'document'), 'New input “document”');

    const summary = await form.addStep('prompt', 2, 'Sum them up');
    await form.choose(summary.getByRole('combobox', { name: 'Prompt' }), 'Summary');
    await form.choose(form.source(summary, 'points'), 'Find the points');
    await form.choose(form.source(summary, 'audience'), 'Fixed text');
    await summary.getByRole('textbox', { name: 'The fixed value of audience' }).fill('a busy team lead');

    const digest = await form.addStep('transform', 3, 'Put the digest together');
    await form.addValue(digest, 'summary', 'Sum them up');
    await form.addValue(digest, 'points', 'Find the points');
    await digest.getByRole('textbox', { name: 'Expression of Put the digest together' }).fill('{ "summary": summary, "points": $count($split(points, "\\n")) }');
    await page.getByRole('button', { name: 'Create workflow' }).click();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  });

  const run = new RunPage(page);
  await test.step('a run on a pasted text, whose words arrive one by one', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Digest”' });
    await dialog.getByRole('textbox', { name: 'document' }).fill(longText(40));
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page).toHaveURL(/\/runs\/[\w-]+$/);
    await run.select('Find the points');
    await run.outputOfAtLeast('Find the points', 200);
  });

  const beforeReload = shown.textsOf('Find the points');
  await test.step('a reload in the middle', async () => {
    expect(beforeReload.length, 'the text grew in many small pieces').toBeGreaterThan(5);
    expect(tellingsOf(beforeReload)).toHaveLength(1);
    await page.reload();
    await expect(run.output('Find the points')).toBeVisible();
    await expect(run.row('Find the points')).toContainText('Running');
  });

  await test.step('the end of the run, as the API has it', async () => {
    await run.expectCompleted();
    const api = new DemoApi(product.url);
    await signInByApi(api, account);
    const record = await readRun(api, new URL(page.url()).pathname.replace('/runs/', ''));
    const [points, summary] = ['find_the_points', 'sum_them_up'].map((key) => textOf(record, key));
    await expect.poll(() => run.output('Find the points').textContent()).toBe(points);

    const afterReload = shown.textsOf('Find the points').slice(beforeReload.length);
    expect(tellingsOf(afterReload), 'after the reload it went on to its end, without a gap').toEqual([points]);
    expect(afterReload[0], 'what was there before the reload was there at once').toContain(beforeReload.at(-1));

    await run.select('Sum them up');
    expect(await run.output('Sum them up').textContent()).toBe(summary);
    await run.select('Whole run');
    await expect(run.output('Whole run')).toHaveText(JSON.stringify(record.output, null, 2));
    expect(record.output).toEqual({ summary, points: 40 });

    for (const name of ['Find the points', 'Sum them up']) {
      await expect(run.row(name)).toContainText('Simulated');
      await expect(run.row(name)).toContainText(/\d+(\.\d)? (s|ms)/);
      await expect(run.row(name)).toContainText(/[\d,]+ tokens/);
    }
    const { inputTokens, outputTokens } = record.usage;
    await expect(run.row('Whole run')).toContainText(`${(inputTokens + outputTokens).toLocaleString('en-US')} tokens`);
    await expect(run.inspector('Whole run').getByText('Simulated')).toBeVisible();
  });
});

async function startPrompt(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'Prompts' }).first().click();
  await page.getByRole('link', { name: 'New prompt' }).first().click();
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
}
