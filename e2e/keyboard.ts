import { type Locator, type Page } from '@playwright/test';
import { expect } from './journey.js';

/** Presses the tab key until the target has the focus, at most 60 times. */
export async function tabTo(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.and(page.locator(':focus')).count()) return;
    await page.keyboard.press(key);
  }
  await expect(target, `reached by 60 presses of ${key}`).toBeFocused({ timeout: 1 });
}
