import { type Locator } from '@playwright/test';
import { z } from 'zod';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { longText } from './long-run.js';
import { RunPage } from './run-page.js';
import { WorkflowForm } from './workflow-form.js';

test('a workflow asks for an approval, which is decided in the run, and by its link without an account', async ({ page, api, otherDevice }) => {
  await signIn(page, api.account);
  await page.goto('/workflows/new');
  const form = new WorkflowForm(page);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Refund a customer');

  await test.step('an approval with a form, and a step that hangs on its outcome', async () => {
    const ask = await form.addStep('approval', 1, 'Ask the lead');
    await form.addValue(ask, 'customer', 'New input “customer”');
    await ask.getByRole('textbox', { name: 'Question' }).fill('Refund {{ customer }}?');
    await ask.getByRole('switch', { name: 'Whoever approves fills in a form' }).check();
    await ask.getByRole('textbox', { name: 'Name of field 1' }).fill('amount');
    await form.choose(ask.getByRole('combobox', { name: 'Kind of amount' }), 'Whole number');
    await ask.getByLabel('amount is required').check();
    const pay = await form.addStep('transform', 2, 'Pay');
    await form.addValue(pay, 'decision', 'Ask the lead');
    await pay.getByRole('textbox', { name: 'Expression of Pay' }).fill('"paid " & decision.values.amount');
    await form.more(pay);
    await form.choose(pay.getByRole('combobox', { name: 'Runs only when' }), 'Ask the lead: approved');
    await page.getByRole('button', { name: 'Create workflow' }).click();
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  });

  const run = new RunPage(page);
  const start = async (customer: string) => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Refund a customer”' });
    await dialog.getByRole('textbox', { name: 'customer' }).fill(customer);
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('heading', { name: `Refund ${customer}?` })).toBeVisible();
  };

  await test.step('is decided beside the run, whose form must be filled in', async () => {
    await start('Northwind Tea');
    await approve(run.inspector('Ask the lead')).click();
    await expect(page.getByText('Fill this in.')).toBeVisible();
    await page.getByRole('textbox', { name: 'amount' }).fill('20');
    await page.getByRole('textbox', { name: 'Comment' }).fill('They are right.');
    await approve(run.inspector('Ask the lead')).click();
    await run.expectCompleted();
    await run.select('Pay');
    await expect(run.output('Pay')).toHaveText('paid 20');
  });

  await test.step('waits on the home page, and is rejected by the link on another device', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Workflows' }).click();
    await page.getByRole('link', { name: 'Refund a customer' }).click();
    await start('Globex');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy link' }).click();
    const link = String(await page.evaluate('navigator.clipboard.readText()'));
    await page.goto('/');
    await expect(page.getByRole('link', { name: /Refund Globex\?/ })).toBeVisible();

    const phone = await otherDevice();
    await phone.goto(link);
    await expect(phone.getByRole('heading', { name: 'Refund Globex?' })).toBeVisible();
    await phone.getByRole('textbox', { name: 'Your name' }).fill('Grace');
    await phone.getByRole('button', { name: 'Reject' }).click();
    await expect(phone.getByRole('heading', { name: 'You rejected it' })).toBeVisible();
    await phone.reload();
    await expect(phone.getByText('Grace decided it')).toBeVisible();

    await page.getByRole('link', { name: /Refund Globex\?/ }).click();
    await run.expectCompleted();
    await expect(run.row('Pay')).toContainText('Skipped');
    await run.select('Ask the lead');
    await expect(run.output('Ask the lead')).toContainText('"name": "Grace"');
  });
});

const idSchema = z.object({ made: z.object({ id: z.string() }) });

const approve = (panel: Locator): Locator => panel.getByRole('button', { name: 'Approve' });

test('a call that the end of the server cut off waits for a person, who says what it gave', async ({ page, product, api, conduct }) => {
  conduct.tolerate(/net::ERR_|WebSocket connection to/);
  const messages = [{ role: 'USER', content: `List the 40 most important points of this text.\n\n${longText(40)}` }];
  const definition = {
    inputs: [],
    steps: [{ key: 'list', name: 'List the points', type: 'PROMPT', onUnknownOutcome: 'HOLD', settings: { inline: { messages }, model: { model: 'simulated/extract' } } }],
  };
  const workflow = await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name: 'Points', definition } }, idSchema);
  const started = await api.request('mutation ($id: ID!) { made: executeWorkflow(input: { workflowId: $id }) { id } }', { id: workflow.made.id }, idSchema);
  await signIn(page, api.account);
  await page.goto(`/runs/${started.made.id}?step=list`);
  const run = new RunPage(page);
  await run.outputOfAtLeast('List the points', 50);
  await product.kill();
  await product.start();

  await expect(page.getByRole('heading', { name: 'Nobody knows whether this step’s call happened' })).toBeVisible();
  await page.getByRole('button', { name: 'Decide' }).click();
  await expect(page.getByText('Choose what became of it.')).toBeVisible();
  await page.getByRole('radio', { name: 'It succeeded' }).check();
  await page.getByRole('textbox', { name: 'What it gave' }).fill('Forty points');
  await page.getByRole('button', { name: 'Decide' }).click();
  await run.expectCompleted();
  await expect(run.output('List the points')).toHaveText('Forty points');
});
