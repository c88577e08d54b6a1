import { expect, type Locator, type Page } from '@playwright/test';

/** The page of a run, as a reader sees it. */
export class RunPage {
  constructor(private readonly page: Page) {}

  /** The row of a step, or of the `Whole run`. */
  row(name: string): Locator {
    return this.page.getByRole('listbox', { name: 'Steps of this run' }).getByRole('option').filter({ hasText: name });
  }

  inspector(name: string): Locator {
    return this.page.getByRole('region', { name: `Inspector: ${name}` });
  }

  /** The text or JSON that stands as the output of what is selected. */
  output(name: string): Locator {
    return this.inspector(name).locator('pre');
  }

  async select(name: string): Promise<void> {
    await this.row(name).click();
    await expect(this.inspector(name)).toBeVisible();
  }

  /** Waits until at least so many characters of a step's output are shown. @returns all of them */
  async outputOfAtLeast(name: string, characters: number): Promise<string> {
    const output = this.output(name);
    // Looks at each frame, where an expectation would look once a second by now.
    await output.filter({ hasText: new RegExp(`^[\\s\\S]{${characters},}$`) }).waitFor();
    return (await output.textContent()) ?? '';
  }

  async expectCompleted(): Promise<void> {
    await expect(this.row('Whole run')).toContainText('Completed', { timeout: 60_000 });
  }
}
