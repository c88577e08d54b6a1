import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { makeDemoWorkflow } from '../demo/demo-workflow.js';
import { type DemoApi } from '../demo/demo-api.js';
import { signIn } from './account.js';
import { expect, test } from './journey.js';
import { readRun } from './long-run.js';
import { RunPage } from './run-page.js';

// A trace would take a picture of the page at each of several hundred looks at it.
test.use({ reducedMotion: 'reduce', trace: 'off' });

const sample = readFileSync(fileURLToPath(new URL('../demo/sample.txt', import.meta.url)), 'utf8');

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [{ width: 1440, height: 900 }, { width: 390, height: 844 }].map((viewport) => ({ colorScheme, viewport })),
);
/** Of tabs and dialogs, whose pages are looked at in every way: each scheme once and each width once. */
const looksOfParts = looks.filter(({ colorScheme, viewport }) => (colorScheme === 'light') === (viewport.width === 1440));

test('no page has a serious accessibility fault or scrolls sideways, light and dark, wide and narrow', async ({ page, api }) => {
  test.setTimeout(300_000);
  const ids = await makeData(api);
  const faults: string[] = [];
  const look = async (name: string, ready: Locator, looksOfPage = looks) => {
    await expect(ready).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    for (const each of looksOfPage) faults.push(...(await faultsOf(page, each)).map((fault) => `${name}, ${each.colorScheme}, ${each.viewport.width} wide: ${fault}`));
  };
  const title = (name: string) => page.getByRole('heading', { name, level: 1 });

  await page.goto('/sign-up');
  await look('sign-up', page.getByRole('button', { name: 'Create account' }));
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await look('sign-in, refused', page.getByText('Enter your password.'));
  await signIn(page, api.account);
  await look('home', title('Home'));

  await page.goto('/prompts');
  await look('prompts', page.getByRole('link', { name: 'Key points' }));
  await page.goto('/prompts/new');
  await look('new prompt', page.getByRole('textbox', { name: 'Text of the prompt' }));
  await page.goto(`/prompts/${ids.prompt}`);
  await look('prompt', page.getByRole('navigation', { name: 'Versions' }).getByText('newest', { exact: true }));

  await page.goto('/workflows');
  await look('workflows', page.getByRole('link', { name: 'Report digest' }));
  await page.goto('/workflows/new');
  await look('new workflow', page.getByRole('button', { name: 'Add prompt step' }));
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

  await page.goto('/settings/api-keys');
  await look('API keys', page.getByRole('row', { name: 'Nightly import' }));
  await page.getByRole('button', { name: 'New API key' }).click();
  await look('new API key', page.getByRole('dialog').getByLabel('Name'), looksOfParts);
  await page.goto('/nowhere');
  await look('not found', title('Not found'));

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

async function faultsOf(page: Page, { colorScheme, viewport }: (typeof looks)[number]): Promise<string[]> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize(viewport);
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  // Colours on their way from one scheme to the other are in neither.
  await page.evaluate('Promise.allSettled(document.getAnimations().filter((each) => each instanceof CSSTransition).map(({ finished }) => finished)).then(() => null)');
  // No page has frames, without which the legacy mode finds the same and opens no page of its own each time.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] }).analyze();
  const faults = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary = '' }) => `${html.slice(0, 160)} (${failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 200)})`).join(' | ')}`);
  const tooWide = z.number().parse(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'));
  return tooWide > 0 ? [...faults, `${tooWide} px wider than the window`] : faults;
}

async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if (await target.and(page.locator(':focus')).count()) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, 'reached by 40 presses of Tab').toBeFocused({ timeout: 1 });
}

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
  const { prompts } = await api.request(
    'query { prompts { edges { node { id } } } }',
    {},
    z.object({ prompts: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }) }),
  );
  await expect.poll(async () => (await readRun(api, run.made.id)).status, { timeout: 60_000 }).toBe('COMPLETED');
  return { workflow, run: run.made.id, prompt: prompts.edges[0]?.node.id ?? '' };
}
