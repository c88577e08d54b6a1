import { type Locator, type Page } from '@playwright/test';

/** Where two branches, or a draft and what was committed meanwhile, come together. */
export class MergePage {
  constructor(private readonly page: Page) {}

  get conflicts(): Locator {
    return this.page.getByRole('region', { name: 'Conflicts' });
  }

  /** What comes of it, before it is made. */
  get result(): Locator {
    return this.page.getByRole('region', { name: 'Result' });
  }

  confirm(name: string): Locator {
    return this.result.getByRole('button', { name, exact: true });
  }

  async takeOurs(): Promise<void> {
    await this.conflicts.getByRole('button', { name: 'Take this' }).first().click();
  }

  async takeTheirs(): Promise<void> {
    await this.conflicts.getByRole('button', { name: 'Take this' }).last().click();
  }

  async next(): Promise<void> {
    await this.conflicts.getByRole('button', { name: 'Next' }).click();
  }

  async writeOwn(text: string): Promise<void> {
    await this.conflicts.getByRole('button', { name: 'Write a result of your own' }).click();
    await this.conflicts.getByRole('textbox', { name: 'Result of your own' }).fill(text);
    await this.conflicts.getByRole('button', { name: 'Use this' }).click();
  }
}
