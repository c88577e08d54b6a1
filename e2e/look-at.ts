import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';

const looks = (['light', 'dark'] as const).flatMap((colorScheme) =>
  [{ width: 1440, height: 900 }, { width: 390, height: 844 }].map((viewport) => ({ colorScheme, viewport })),
);
/** Of tabs and dialogs, whose pages are looked at in every way: each scheme once and each width once. */
export const looksOfParts = looks.filter(({ colorScheme, viewport }) => (colorScheme === 'light') === (viewport.width === 1440));

/** Finds what is seriously wrong with pages for who uses assistive technology, and whether they scroll sideways. */
export function lookAt(page: Page) {
  const faults: string[] = [];
  const look = async (name: string, ready: Locator, looksOfPage = looks) => {
    await expect(ready).toBeVisible();
    await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0);
    for (const each of looksOfPage) faults.push(...(await faultsOf(page, each)).map((fault) => `${name}, ${each.colorScheme}, ${each.viewport.width} wide: ${fault}`));
  };
  return { look, faults };
}

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
