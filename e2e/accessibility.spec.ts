import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { type DemoApi } from '../demo/demo-api.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { tabTo } from './keyboard.js';
import { lookAt, looksOfParts } from './look-at.js';
import { readRun } from './long-run.js';
import { MergePage } from './merge-page.js';
import { commitText, makeBranch, makeFolder, makePrompt, setLabel } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';
import { RunPage } from './run-page.js';
import { startWaitingApproval } from './waiting-approval.js';

// A trace would take a picture of the page at each of several hundred looks at it.
test.use({ reducedMotion: 'reduce', trace: 'off' });

const sample = readFileSync(fileURLToPath(new URL('../demo/sample.txt', import.meta.url)), 'utf8');

test('no page has a serious accessibility fault or scrolls sideways, light and dark, wide and narrow', async ({ page, api }) => {
  test.setTimeout(300_000);
  const ids = await makeData(api);
  const { look, faults } = lookAt(page);
  const title = (name: string) => page.getByRole('heading', { name, level: 1 });

  await page.goto('/sign-up');
  await look('sign-up', page.getByRole('button', { name: 'Create account' }));
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look('sign-in, refused', page.getByText('Enter your password.'));
  await signIn(page, api.account);
  await look('home', title('Home'));

  await page.goto('/workflows');
  await look('workflows', page.getByRole('link', { name: 'Report digest' }));
  await page.goto('/workflows/new');
  await look('new workflow', page.getByRole('button', { name: 'Add step' }));
  await page.goto(`/workflows/${ids.workflow}`);
  await look('workflow', page.getByRole('textbox', { name: 'Expression of Put the digest together' }));
  for (const tab of ['Runs', 'Versions']) {
    await page.getByRole('tab', { name: tab }).click();
    await look(`workflow, ${tab}`, page.getByRole('tabpanel', { name: tab }), looksOfParts);
  }
  // Not “Save and run”: opening a workflow changes nothing.
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await look('run dialog', page.getByRole('dialog').getByRole('textbox', { name: 'document' }), looksOfParts);

  await page.goto('/runs');
  await look('runs', page.getByRole('link', { name: 'Report digest' }));
  await page.goto(`/runs/${ids.run}`);
  const run = new RunPage(page);
  await look('run', run.output('Whole run'));
  await run.select('Write the summary');
  for (const tab of ['Output', 'Input', 'Prompt', 'Details']) {
    await page.getByRole('tab', { name: tab }).click();
    await look(`step of a run, ${tab}`, page.getByRole('tabpanel', { name: tab }), looksOfParts);
  }

  await page.goto('/settings');
  await look('no providers', page.getByRole('heading', { name: 'No keys of providers yet' }));
  await page.getByRole('button', { name: 'Add provider' }).first().click();
  await page.getByRole('button', { name: 'More settings' }).click();
  await look('new provider', page.getByRole('dialog').getByRole('combobox', { name: 'Models' }), looksOfParts);
  await page.goto('/settings/secrets');
  await page.getByRole('button', { name: 'New secret' }).first().click();
  await look('new secret', page.getByRole('dialog').getByLabel('Value'), looksOfParts);
  await page.goto('/settings/prices');
  await look('model prices', page.getByRole('row', { name: 'simulated/extract' }));
  await page.getByRole('button', { name: 'Set a price' }).click();
  await look('price of a model', page.getByRole('dialog').getByRole('textbox', { name: 'Model' }), looksOfParts);
  await page.goto('/settings/budgets');
  await page.getByRole('button', { name: 'New budget' }).last().click();
  await look('new budget', page.getByRole('dialog').getByRole('textbox', { name: 'Limit' }), looksOfParts);
  await page.keyboard.press('Escape');
  await look('budgets', page.getByRole('heading', { name: 'The whole workspace' }));
  await page.goto('/settings/api-keys');
  await look('API keys', page.getByRole('row', { name: 'Nightly import' }));
  await page.getByRole('button', { name: 'New API key' }).click();
  await look('new API key', page.getByRole('dialog').getByLabel('Name'), looksOfParts);
  const { run: waiting, link } = await startWaitingApproval(api);
  await page.goto(`/runs/${waiting}`);
  await look('run that waits for an approval', page.getByRole('heading', { name: 'Refund Northwind Tea?' }));
  await page.goto(link);
  await page.getByRole('button', { name: 'Approve' }).click();
  await look('link of an approval', page.getByText('Fill this in.'));
  await page.goto('/nowhere');
  await look('not found', title('Not found'));

  expect(faults).toEqual([]);
});

test('no page of the prompt library has one either', async ({ page, api }) => {
  test.setTimeout(300_000);
  await signIn(page, api.account, '/prompts');
  const { look, faults } = lookAt(page);
  const dialog = page.getByRole('dialog');
  await look('no prompts', page.getByRole('heading', { name: 'No prompts yet' }), looksOfParts);

  const ids = await makeLibrary(api);
  await page.reload();
  await look('prompts', page.getByRole('link', { name: 'Shop reply' }));
  await page.getByRole('button', { name: /^Filter/ }).click();
  await look('filters of prompts', dialog.getByText('Prompts that have all of them'), looksOfParts);
  await page.goto('/prompts?search=bicycle&tag=support');
  await look('hits', page.locator('mark').first());
  await page.goto(`/prompts?details=${ids.chat}`);
  await look('details of a prompt', dialog.getByLabel('Name'), looksOfParts);
  await page.goto('/prompts');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await look('import', dialog.getByRole('button', { name: 'Choose a file' }), looksOfParts);

  const prompt = new PromptPage(page);
  await page.goto('/prompts/new');
  await look('new prompt', prompt.text);
  await prompt.open(ids.chat);
  await look('chat prompt', prompt.versions.nth(1));
  await prompt.variables.getByRole('button', { name: /^customer/ }).first().click();
  await look('a variable', prompt.aside.getByLabel('Type of customer'), looksOfParts);
  await prompt.open(ids.chat, '?panel=preview');
  await look('preview', prompt.aside.getByText('What the model gets'), looksOfParts);
  await prompt.open(ids.chat, '?panel=model');
  await look('model', prompt.aside.getByText('Temperature'), looksOfParts);
  await prompt.openLabels();
  await look('labels', page.getByRole('button', { name: 'More for production' }), looksOfParts);

  await prompt.open(ids.text);
  await prompt.write(prompt.text, 'Write in {{ words }} words:\n\n{{ document }}');
  await prompt.expectDraftKept();
  await page.keyboard.press('ControlOrMeta+s');
  await look('commit', prompt.commitDialog().getByText(/words is new|required/i).first(), looksOfParts);
  await prompt.open(ids.text, '/history');
  await look('history', page.getByRole('complementary', { name: 'Version' }).getByRole('heading', { name: /^\d/ }));
  await prompt.open(ids.text, `/compare?from=${ids.first}&to=${ids.second}`);
  await look('comparison', page.getByRole('heading', { name: 'Text', exact: true }));
  await prompt.open(ids.text, '/merge?source=longer&target=main');
  await look('merge', new MergePage(page).conflicts);
  await prompt.open(ids.text, '/playground');
  await page.getByRole('textbox', { name: 'document' }).fill(sample);
  await page.getByRole('textbox', { name: 'words' }).fill('a hundred');
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await look('playground', page.getByText('Complete', { exact: true }));
  await page.getByRole('button', { name: 'Earlier runs' }).click();
  await look('earlier runs', dialog.getByRole('listitem').first(), looksOfParts);

  expect(faults).toEqual([]);
});

test('signing in and starting a run needs no pointer', async ({ page, api }) => {
  await makeDemoWorkflow(api);
  await page.goto('/sign-in');
  await expect(page.getByLabel('Email')).toBeFocused();
  await page.keyboard.type(api.account.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(api.account.password);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible();

  await tabTo(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('link', { name: 'Report digest' })).toBeVisible();
  await tabTo(page, page.getByRole('link', { name: 'Report digest' }));
  await page.keyboard.press('Enter');
  const start = page.getByRole('button', { name: 'Run', exact: true });
  await expect(start).toBeVisible();
  await tabTo(page, start);
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Run “Report digest”' });
  await expect(dialog.getByRole('textbox', { name: 'document' })).toBeFocused();
  await page.keyboard.insertText(sample);
  await tabTo(page, dialog.getByRole('button', { name: 'Run', exact: true }));
  await page.keyboard.press('Enter');

  const run = new RunPage(page);
  await run.expectCompleted();
  await tabTo(page, page.getByRole('listbox', { name: 'Steps of this run' }));
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(run.output('Find the key points')).toContainText('Northwind Tea');
});

const idSchema = z.object({ made: z.object({ id: z.string() }) });

/** One of everything, so that no page is empty. */
async function makeData(api: DemoApi) {
  const workflow = await makeDemoWorkflow(api);
  const run = await api.request(
    'mutation ($input: ExecuteWorkflowInput!) { made: executeWorkflow(input: $input) { id } }',
    { input: { workflowId: workflow, inputs: { document: sample } } },
    idSchema,
  );
  await api.request('mutation { createApiKey(input: { name: "Nightly import" }) { secret } }', {}, z.object({}));
  await api.request('mutation { setBudget(input: { period: MONTH, limitUsd: 100 }) { id } }', {}, z.object({}));
  await expect.poll(async () => (await readRun(api, run.made.id)).status, { timeout: 60_000 }).toBe('COMPLETED');
  return { workflow, run: run.made.id };
}

/** Prompts in folders, and one with a branch that conflicts. */
async function makeLibrary(api: DemoApi) {
  const support = await makeFolder(api, 'Support');
  const folderId = await makeFolder(api, 'Refunds', support);
  const chat = await makePrompt(api, {
    name: 'Shop reply',
    description: 'Answers customers of a bicycle shop.',
    tags: ['support', 'shop', 'mail'],
    folderId,
    text: [{ role: 'SYSTEM', content: 'You answer for a bicycle shop.' }, { role: 'USER', content: 'Reply to {{ customer }}:\n{{ question }}' }],
  });
  await setLabel(api, chat.id, 'production', chat.headId);
  const text = await makePrompt(api, { name: 'Summary', text: 'Summarise in three sentences.\n\n{{ document }}', tags: ['mail'] });
  await makeBranch(api, text.id, 'longer', text.headId);
  await commitText(api, text.id, 'Summarise in five sentences.\n\n{{ document }}', { branch: 'longer', message: 'Longer' });
  const second = await commitText(api, text.id, 'Summarise in two sentences.\n\n{{ document }}', { message: 'Shorter' });
  return { chat: chat.id, text: text.id, first: text.headId, second };
}
