import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { commitText, makeFolder, makePrompt, setLabel } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';
import { secondPerson } from './second-person.js';

test('who may only read is offered nothing that the server would refuse', async ({ page, api, product }) => {
  test.setTimeout(120_000);
  const folderId = await makeFolder(api, 'Support');
  const { id, headId } = await makePrompt(api, { name: 'Reply', path: 'support/reply', folderId, text: 'Reply to {{ customer }}' });
  await setLabel(api, id, 'production', headId);
  await commitText(api, id, 'Reply kindly to {{ customer }}');
  const prompt = new PromptPage(page);
  const refused: string[] = [];
  page.on('response', (response) => {
    if (response.url().endsWith('/graphql')) void response.text().then((text) => text.includes('FORBIDDEN') && refused.push(text), () => undefined);
  });
  await signIn(page, await secondPerson(product, 'VIEWER'), '/prompts');
  const menuItems = page.getByRole('menuitem');

  await test.step('in the library', async () => {
    await expect(page.getByText('Read only')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Reply', exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: 'New prompt' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^(Import|New folder|Actions for the folder .*)$/ })).toHaveCount(0);
    const folder = page.getByRole('treeitem', { name: /^Support/ });
    await folder.focus();
    await page.keyboard.press('F2');
    await page.keyboard.press('Delete');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: 'Actions for Reply' }).click();
    await expect(menuItems).toHaveText(['Details', 'Export']);
    await menuItems.first().click();
    const details = page.getByRole('dialog', { name: 'Details' });
    await expect(details.getByRole('textbox', { name: 'Name' })).toHaveAttribute('readonly');
    await expect(details.getByRole('textbox', { name: 'Path' })).toHaveAttribute('readonly');
    await expect(details.getByRole('button', { name: /^(Archive|Delete…)$/ })).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
  });

  await test.step('in the command palette', async () => {
    await page.keyboard.press('ControlOrMeta+k');
    await page.getByRole('combobox', { name: 'Go to a page, a prompt or a workflow' }).fill('rep');
    await expect(page.getByRole('option', { name: /^Reply/ })).toBeVisible();
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('new');
    await expect(page.getByText('Nothing is called “new”.')).toBeVisible();
    await page.keyboard.press('Escape');
  });

  await test.step('on the page of a prompt', async () => {
    await prompt.open(id);
    await expect(page.getByText('Read only')).toBeVisible();
    await expect(prompt.text).toHaveText('Reply kindly to {{ customer }}');
    await prompt.text.press('ControlOrMeta+s');
    await prompt.text.press('x');
    await expect(prompt.text).toHaveText('Reply kindly to {{ customer }}');
    await expect(page.getByRole('button', { name: /^(Commit…|Add tool|Add output schema|Discard)$/ })).toHaveCount(0);

    await page.getByRole('button', { name: 'Branch main' }).click();
    await expect(page.getByRole('option', { name: /main/ })).toBeVisible();
    await expect(page.getByRole('option')).toHaveCount(1);
    await page.keyboard.press('Escape');

    await prompt.labels.click();
    await expect(page.getByRole('dialog').getByText('production')).toBeVisible();
    await expect(page.getByLabel('Name of the label')).toHaveCount(0);
    await page.getByRole('button', { name: 'More for production' }).click();
    await expect(menuItems).toHaveText(['Show its moves']);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'More for 1.0.0' }).click();
    await expect(menuItems).toHaveText(['Compare with 1.0.1, the newest', 'Show in the history']);
    await page.keyboard.press('Escape');
    await prompt.versions.filter({ hasText: '1.0.0' }).click();
    await expect(page.getByText('Versions can’t be changed.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^(Restore|Branch from)/ })).toHaveCount(0);
  });

  await test.step('in the playground', async () => {
    await prompt.tab('Playground').click();
    await expect(page.getByText('Your role in this workspace lets you read prompts, not run them.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Run', exact: true })).toBeDisabled();
    await page.getByRole('textbox', { name: /^customer/ }).press('ControlOrMeta+Enter');
  });

  await test.step('and where they come by an address', async () => {
    await page.goto('/prompts/new');
    await expect(page.getByRole('heading', { name: 'You can’t write prompts here' })).toBeVisible();
    await page.goto(`/prompts/${id}/merge?source=main&target=main`);
    await expect(page.getByRole('heading', { name: 'You can’t merge here' })).toBeVisible();
    for (const [path, title] of [['/', 'Home'], ['/workflows', 'Workflows']] as const) {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: title, level: 1 })).toBeVisible();
      await expect(page.getByRole('link', { name: 'New workflow' })).toHaveCount(0);
    }
  });
  expect(refused).toEqual([]);
});
