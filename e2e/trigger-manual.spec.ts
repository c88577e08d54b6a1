import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { RunPage } from './run-page.js';

test('a trigger is made, fired, paused, delivers again and is deleted', async ({ page, api }) => {
  await makeDemoWorkflow(api);
  await signIn(page, api.account, '/triggers');
  const dialog = page.getByRole('dialog');
  await expect(page.getByRole('heading', { name: 'No triggers yet' })).toBeVisible();
  await page.getByRole('link', { name: 'New trigger' }).first().click();

  await page.getByRole('radio', { name: /^Manual/ }).click();
  await page.getByRole('button', { name: 'Create trigger' }).click();
  await expect(page.getByText('Give it a name, by which you find it again.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Digest of a report');
  await page.getByRole('combobox', { name: 'Workflow' }).click();
  await page.getByRole('option', { name: 'Report digest' }).click();
  const inputs = page.getByRole('list', { name: 'Inputs of the workflow' });
  await inputs.getByRole('radiogroup', { name: 'Where audience comes from' }).getByText('Always the same').click();
  await inputs.getByLabel('audience', { exact: true }).fill('the board');
  await expect(page.getByRole('region', { name: 'What a run would be given' })).toContainText('the board');
  await page.keyboard.press('ControlOrMeta+s');

  await expect(page.getByRole('heading', { name: 'Digest of a report', level: 1 })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing has arrived yet' })).toBeVisible();
  await page.getByRole('button', { name: 'Fire', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Payload' }).fill('{ "document": "Northwind Tea grew by 12 %." }');
  await dialog.getByRole('button', { name: 'Fire', exact: true }).click();
  await expect(dialog.getByText('Accepted')).toBeVisible();
  await dialog.getByRole('link', { name: 'Open the run' }).click();
  await new RunPage(page).expectCompleted();

  await page.goBack();
  await page.getByRole('tab', { name: 'Deliveries' }).click();
  const deliveries = page.getByRole('table', { name: 'Deliveries' });
  await deliveries.getByRole('link').first().click();
  await expect(dialog.getByText('By hand')).toBeVisible();
  await expect(dialog.getByLabel('The body as JSON')).toContainText('Northwind Tea');
  await dialog.getByRole('button', { name: 'Deliver again' }).click();
  await expect(page.getByText('Delivered again.')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'The one that came first' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(deliveries.getByRole('row')).toHaveCount(3);

  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Resume', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();

  await test.step('its runs are one click away, and the list says whose they are', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.getByRole('link', { name: 'Its runs' }).click();
    const filters = page.getByRole('group', { name: 'More filters that are set' });
    await expect(filters).toHaveText(/^Launched by Digest of a report/);
    await expect(page.getByRole('table', { name: 'Runs' }).getByRole('row')).toHaveCount(3);
    await filters.getByRole('button', { name: 'Take off the filter launched by Digest of a report' }).click();
    await expect(filters).toBeHidden();
    await page.goBack();
  });

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await dialog.getByRole('button', { name: 'Delete trigger' }).click();
  await expect(page.getByRole('heading', { name: 'No triggers yet' })).toBeVisible();
});
