import { AxeBuilder } from '@axe-core/playwright';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';
import { WorkflowForm } from './workflow-form.js';

test('a workflow that runs steps for each item, decides and calls a webhook, made by keyboard, run from a form made of its schema, and compared over its versions', async ({ page, api }) => {
  test.setTimeout(180_000);
  await signIn(page, api.account);
  await page.goto('/workflows/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Sort the orders');
  const form = new WorkflowForm(page);

  await test.step('inputs with rules: a choice, and a list that fits a schema made from a sample', async () => {
    await addInput('orders', 'JSON');
    const orders = page.getByRole('listitem', { name: 'orders', exact: true });
    await orders.getByRole('button', { name: /^Rules and sample/ }).press('Enter');
    await orders.getByRole('textbox', { name: 'Sample of orders' }).fill('[{ "id": "o-1", "amount": 5 }]');
    await orders.getByRole('button', { name: 'Make it from the sample' }).click();
    await expect(orders.getByRole('textbox', { name: 'JSON Schema of orders' })).toContainText('"amount"');
    await addInput('tone', 'Short text');
    const tone = page.getByRole('listitem', { name: 'tone', exact: true });
    await tone.getByRole('button', { name: /^Rules and sample/ }).press('Enter');
    for (const value of ['friendly', 'formal']) {
      await tone.getByLabel('Allowed values of tone').first().fill(value);
      await page.keyboard.press('Enter');
    }
  });

  await test.step('steps for each item, one of which decides', async () => {
    const each = await form.addStep('each', 1, 'Each order');
    await form.choose(form.source(each, 'items'), 'orders');
    const inner = form.within(each);
    const decide = await inner.addStep('decision', 1, 'Is it big?');
    await inner.addValue(decide, 'amount', 'The item');
    await decide.getByRole('combobox', { name: 'Which part of it amount is' }).fill('.amount');
    for (const [number, name, rule] of [[1, 'big', 'amount > 10'], [2, 'small', 'true']] as const) {
      await decide.getByRole('textbox', { name: `Name of outcome ${number}` }).fill(name);
      await decide.getByRole('textbox', { name: `Rule of ${name}` }).fill(rule);
    }
    const tell = await inner.addStep('transform', 2, 'Tell');
    await inner.addValue(tell, 'id', 'The item');
    await tell.getByRole('textbox', { name: 'Expression of Tell' }).fill('id.id & " is big"');
    await inner.more(tell);
    await form.choose(tell.getByRole('combobox', { name: 'Runs only when' }), 'Is it big?: big');
  });

  await test.step('a webhook, whose failure does not end the run', async () => {
    const hook = await form.addStep('webhook', 2, 'Call home');
    await form.addValue(hook, 'found', 'Each order');
    await hook.getByRole('textbox', { name: 'Address' }).fill('http://127.0.0.1:9/');
    await hook.getByRole('textbox', { name: 'Body that Call home sends' }).fill('{ "found": {{ found | json }} }');
    await form.more(hook);
    await form.choose(hook.getByRole('combobox', { name: 'If it fails' }), 'Go on with a value in its place');
    await hook.getByRole('textbox', { name: 'Value in its place' }).fill('"not told"');
    await hook.getByRole('textbox', { name: 'Attempts' }).fill('1');
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Version 1', { exact: true })).toBeVisible();
  });

  await test.step('has no accessibility fault', async () => {
    await page.reload();
    await expect(form.card(1, 'Each order')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });

  const run = new RunPage(page);
  await test.step('the form asks as the schemas say, and tells what does not fit while it is typed', async () => {
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Sort the orders”' });
    await form.choose(dialog.getByRole('combobox', { name: 'tone' }), 'formal');
    await dialog.getByRole('textbox', { name: 'orders' }).fill('[{ "id": "o-1", "amount": "many" }]');
    await expect(dialog.getByText('[0].amount: must be a whole number.')).toBeVisible();
    await dialog.getByRole('textbox', { name: 'orders' }).fill('[{ "id": "o-1", "amount": 5 }, { "id": "o-2", "amount": 50 }]');
    await expect(dialog.getByText('must be a whole number')).toBeHidden();
    await dialog.getByRole('button', { name: 'Run', exact: true }).click();
    await run.expectCompleted();
    await run.select('Each order');
    await expect(run.output('Each order')).toContainText('o-2 is big');
  });

  await test.step('a change is reviewed, saved, compared with what was, and taken back', async () => {
    await page.getByRole('link', { name: 'Workflows' }).first().click();
    await page.getByRole('link', { name: 'Sort the orders' }).click();
    await form.card(1, 'Tell').or(form.within(form.card(1, 'Each order')).card(2, 'Tell')).getByRole('textbox', { name: 'Expression of Tell' }).fill('id.id & " is huge"');
    await page.getByRole('button', { name: 'Review' }).click();
    await expect(page.getByRole('dialog', { name: 'Changes since version 1' })).toContainText('is huge');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+s');
    await page.getByRole('link', { name: 'See what changed' }).click();
    const changes = page.getByRole('region', { name: 'From version 1 to version 2' });
    await expect(changes.getByRole('region', { name: 'Step Each order' })).toContainText('id.id & " is big"');
    await page.getByRole('button', { name: 'All versions' }).click();
    await page.getByRole('row', { name: /First version/ }).getByRole('link').click();
    await page.getByRole('button', { name: 'Restore' }).click();
    await expect(page.getByText('Version 1 is restored as version 3.')).toBeVisible();
    await expect(page.getByRole('row', { name: /As version 1 was/ })).toBeVisible();
  });

  async function addInput(name: string, type: string): Promise<void> {
    await page.getByRole('button', { name: 'Add input' }).press('Enter');
    await page.getByRole('textbox', { name: 'Name', exact: true }).last().fill(name);
    await form.choose(page.getByRole('listitem', { name, exact: true }).getByRole('combobox', { name: 'Type' }), type);
  }
});
