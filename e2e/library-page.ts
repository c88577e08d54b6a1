import { type Locator, type Page } from '@playwright/test';
import { expect } from './journey.js';

/** The list of prompts with its folders. */
export class LibraryPage {
  constructor(readonly page: Page) {}

  place(name: 'All prompts' | 'Unfiled' | 'Archived'): Locator {
    return this.page.getByRole('navigation', { name: 'Places of prompts' }).getByRole('button', { name });
  }

  /** With the number of prompts in it and within it. */
  folder(name: string): Locator {
    return this.page.getByRole('treeitem', { name: new RegExp(`^${name}, \\d+$`) });
  }

  async expectInFolder(name: string, count: number): Promise<void> {
    await expect(this.page.getByRole('treeitem', { name: `${name}, ${count}`, exact: true })).toBeVisible();
  }

  get table(): Locator {
    return this.page.getByRole('table', { name: 'Prompts' });
  }

  row(prompt: string): Locator {
    return this.table.getByRole('row').filter({ has: this.page.getByRole('link', { name: prompt, exact: true }) });
  }

  /** In the order of the list. */
  async expectPrompts(...names: string[]): Promise<void> {
    await expect(this.table.getByRole('link')).toHaveText(names);
  }

  get search(): Locator {
    return this.page.getByRole('searchbox', { name: 'Search name, path, text, tags' });
  }

  /** From the menu of a prompt's row. */
  async choose(prompt: string, action: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${prompt}`, exact: true }).click();
    await this.page.getByRole('menuitem', { name: action, exact: true }).click();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: 'Undo' }).last().click();
  }
}
