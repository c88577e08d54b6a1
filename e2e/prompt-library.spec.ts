import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { LibraryPage } from './library-page.js';
import { commitText, makeFolder, makePrompt } from './prompt-data.js';
import { PromptPage } from './prompt-page.js';

test('prompts are put into folders by pointer and by keyboard, tagged, filtered, found, archived, and taken out and in again', async ({ page, api }, testInfo) => {
  test.setTimeout(180_000);
  const library = new LibraryPage(page);
  const { id: greeting } = await makePrompt(api, { name: 'Greeting', text: 'Say hello to {{ customer }}.' });
  await makePrompt(api, { name: 'Refund', text: [{ role: 'SYSTEM', content: 'You decide about refunds.' }, { role: 'USER', content: '{{ ticket }}' }], tags: ['money', 'support'] });
  await makePrompt(api, { name: 'Invoice', text: 'Write an invoice over {{ amount }}.', tags: ['money'] });
  await makeFolder(api, 'Support');
  await makeFolder(api, 'Finance');
  await signIn(page, api.account, '/prompts');
  await library.expectPrompts('Invoice', 'Refund', 'Greeting');

  await test.step('by pointer: a prompt and several at once onto a folder, and undone', async () => {
    await library.row('Invoice').dragTo(library.folder('Finance'));
    await library.expectInFolder('Finance', 1);
    await page.getByRole('checkbox', { name: 'Select Greeting' }).check();
    await page.getByRole('checkbox', { name: 'Select Refund' }).check();
    await library.row('Refund').dragTo(library.folder('Support'));
    await library.expectInFolder('Support', 2);
    await library.undo();
    await library.expectInFolder('Support', 0);
    await page.getByRole('checkbox', { name: 'Select all that are shown' }).check();
    await page.getByRole('toolbar', { name: 'Selected prompts' }).getByRole('button', { name: 'Select none' }).click();
    await library.row('Greeting').dragTo(library.folder('Support'));
    await library.expectInFolder('Support', 1);
  });

  await test.step('by keyboard: a folder into another, and what is in it counts for both', async () => {
    await library.folder('Finance').focus();
    await page.keyboard.press('Control+x');
    await page.keyboard.press('ArrowDown');
    await expect(library.folder('Support')).toBeFocused();
    await page.keyboard.press('Control+v');
    await library.expectInFolder('Support', 2);
    await expect(page.getByText('Folder “Finance” moved into “Support”.')).toBeVisible();
    await library.folder('Finance').focus();
    await expect(library.folder('Finance')).toHaveAttribute('aria-level', '2');
    await page.keyboard.press('Enter');
    await library.expectPrompts('Invoice');
    await page.keyboard.press('F2');
    const dialog = page.getByRole('dialog', { name: 'Edit “Finance”' });
    await dialog.getByLabel('Name').fill('Money');
    await page.keyboard.press('Enter');
    await library.expectInFolder('Money', 1);
  });

  await test.step('a tag, given in the details', async () => {
    await library.place('All prompts').click();
    await library.choose('Greeting', 'Details');
    const details = page.getByRole('dialog', { name: 'Details' });
    await expect(details.getByText('Details', { exact: true })).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(details).toBeHidden();
    await expect(page.getByRole('button', { name: 'Actions for Greeting' })).toBeFocused();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Details' }).press('Enter');
    await details.getByRole('combobox', { name: 'Tags' }).fill('support');
    await page.keyboard.press('Enter');
    await expect(library.row('Greeting').getByText('support').filter({ visible: true })).toBeVisible();
    await details.getByRole('button', { name: 'Close details' }).click();
    await expect(details).toBeHidden();
  });

  await test.step('filters live in the address, so that a reload keeps them', async () => {
    await page.getByRole('button', { name: /^Filter/ }).click();
    const filters = page.getByRole('dialog', { name: /^Filter/ });
    await filters.getByRole('combobox', { name: 'Tags' }).click();
    await page.getByRole('option', { name: /^support/ }).click();
    await expect(library.table.getByRole('link')).toHaveCount(2);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('option')).toHaveCount(0);
    await expect(filters, 'Esc closes the options first').toBeVisible();
    await page.keyboard.press('Escape');
    await expect(filters).toBeHidden();
    await expect(page.getByRole('button', { name: /^Filter/ })).toBeFocused();
    await page.keyboard.press('Enter');
    await filters.getByText('Chat', { exact: true }).click();
    await library.expectPrompts('Refund');
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({ tag: 'support', kind: 'chat' });
    await page.reload();
    await library.expectPrompts('Refund');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(library.table.getByRole('link')).toHaveCount(3);
  });

  await test.step('search goes through names, texts and tags, and marks what it found', async () => {
    await library.search.fill('refunds');
    await library.expectPrompts('Refund');
    const hit = library.row('Refund').locator('mark').filter({ hasText: 'refunds' });
    await expect(hit).toBeVisible();
    await expect(hit, 'marked with a colour').not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    await library.search.fill('mon');
    await expect(library.table.getByRole('link')).toHaveCount(2);
    await expect(library.row('Invoice').locator('mark').filter({ visible: true }).first()).toBeVisible();
    await library.search.fill('nothing like it');
    await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
    await page.getByRole('button', { name: 'Clear search and filters' }).click();
    await expect(library.search).toHaveValue('');
    await expect(library.table.getByRole('link')).toHaveCount(3);
  });

  await test.step('archived, and brought back', async () => {
    await library.choose('Refund', 'Archive');
    await expect(library.row('Refund')).toHaveCount(0);
    await library.undo();
    await expect(library.row('Refund')).toBeVisible();
  });

  await test.step('exported, deleted, and imported again with its whole history', async () => {
    await commitText(api, greeting, 'Say hello to {{ customer }}, warmly.', { message: 'Warmer' });
    const download = page.waitForEvent('download');
    await library.choose('Greeting', 'Export');
    const file = testInfo.outputPath('greeting.json');
    await (await download).saveAs(file);
    await library.choose('Greeting', 'Delete…');
    await page.getByRole('dialog', { name: 'Delete “Greeting”?' }).getByRole('button', { name: 'Delete prompt' }).click();
    await expect(library.row('Greeting')).toHaveCount(0);

    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Import prompts' });
    const chooser = page.waitForEvent('filechooser');
    await dialog.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(dialog.getByText('1 prompt imported.')).toBeVisible();
    await dialog.getByRole('link', { name: 'Greeting' }).click();
    const prompt = new PromptPage(page);
    await expect(prompt.text).toContainText('warmly');
    await expect(prompt.versions).toContainText(['Draft', 'Warmer', 'First version']);
  });
});

test('HTML and script in names, descriptions, tags and texts are shown as they were written', async ({ page, api }) => {
  const script = '<img src=x onerror="alert(1)"><script>alert(2)</script>';
  const folder = await makeFolder(api, `Folder ${script}`);
  const { id, headId } = await makePrompt(api, { name: `Name ${script}`, path: 'inert', description: `For ${script}`, tags: ['<b>tag</b>'], folderId: folder, text: `Text ${script} {{ value }}` });
  await commitText(api, id, `Other text ${script} {{ value }}`, { message: `Message ${script}` });
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  const expectInert = async (where: string) => {
    expect(await page.locator('img[src="x"], main script, [role=dialog] script, main td b').count(), where).toBe(0);
    expect(dialogs, where).toEqual([]);
  };

  await signIn(page, api.account, '/prompts');
  await expect(page.getByRole('link', { name: `Name ${script}` })).toBeVisible();
  await expect(page.getByText('<b>tag</b>').filter({ visible: true })).toBeVisible();
  await expectInert('list');
  await page.goto('/prompts?search=script');
  await expect(page.locator('mark').filter({ visible: true }).first()).toBeVisible();
  await expectInert('hits');
  await page.goto(`/prompts?details=${id}`);
  await expect(page.getByRole('dialog', { name: 'Details' }).getByLabel('Name')).toHaveValue(`Name ${script}`);
  await expectInert('details');
  await page.goto(`/prompts/${id}?panel=preview`);
  const prompt = new PromptPage(page);
  await expect(prompt.text).toContainText(`Other text ${script}`);
  await expect(prompt.versions.nth(1)).toContainText(`Message ${script}`);
  await expect(prompt.aside).toContainText(`Other text ${script}`);
  await expectInert('editor');
  await page.goto(`/prompts/${id}/history?version=${headId}`);
  await expect(page.getByRole('link', { name: /Message <img/ })).toBeVisible();
  await expectInert('history');
  await page.goto(`/prompts/${id}/compare`);
  await expect(page.getByText(/Other/).first()).toBeVisible();
  await expectInert('compare');
  await page.goto(`/prompts/${id}/playground`);
  await page.getByRole('button', { name: 'Run', exact: true }).first().click();
  await expect(page.getByRole('region', { name: 'Answer of Column 1' })).not.toContainText('The answer appears here.');
  await expect(page.getByText(/Complete|Did not run|Failed/).first()).toBeVisible();
  await expectInert('playground');
});
