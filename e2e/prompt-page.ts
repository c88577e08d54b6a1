import { type Locator, type Page } from '@playwright/test';
import { expect } from './journey.js';

/** A prompt as a person has it before them: the editor, what stands around it, and the pages beside it. */
export class PromptPage {
  constructor(readonly page: Page) {}

  async open(id: string, rest = ''): Promise<void> {
    await this.page.goto(`/prompts/${id}${rest}`);
  }

  /** Of the page that is open, which is one of a prompt. */
  get id(): string {
    const id = /\/prompts\/([^/?]+)/.exec(this.page.url())?.[1];
    if (!id || id === 'new') throw new Error(`${this.page.url()} is no page of a prompt.`);
    return id;
  }

  /** Of a text prompt. */
  get text(): Locator {
    return this.page.getByRole('textbox', { name: 'Text of the prompt' });
  }

  /** Of a chat, counted from one. */
  message(number: number): Locator {
    return this.page.getByRole('textbox', { name: new RegExp(`message, ${number} of \\d+$`) });
  }

  /** Puts a text in the place of the one in an editor, whose selection is its own business: `fill` may find it elsewhere. */
  async write(editor: Locator, text: string): Promise<void> {
    await editor.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  get aside(): Locator {
    return this.page.getByRole('complementary', { name: 'Variables, preview and model' });
  }

  panel(name: 'Variables' | 'Preview' | 'Model'): Locator {
    return this.aside.getByRole('tab', { name });
  }

  get variables(): Locator {
    return this.aside.getByRole('list', { name: 'Variables' });
  }

  async expectVariables(...names: string[]): Promise<void> {
    await expect(this.variables.getByRole('code')).toHaveText(names);
  }

  /** With the draft on top. */
  get versions(): Locator {
    return this.page.getByRole('navigation', { name: 'Versions' }).getByRole('link');
  }

  tab(name: 'Edit' | 'History' | 'Compare' | 'Playground'): Locator {
    return this.page.getByRole('navigation', { name: 'Of this prompt' }).getByRole('link', { name });
  }

  /** Says where the production label is, once there is one. */
  get labels(): Locator {
    return this.page.getByRole('button', { name: /^(No label|\S+ \d+\.\d+\.\d+)/ });
  }

  async openLabels(): Promise<Locator> {
    await this.labels.click();
    const popover = this.page.getByRole('dialog').filter({ has: this.page.getByLabel('Name of the label') });
    await expect(popover).toBeVisible();
    return popover;
  }

  async expectDraftKept(): Promise<void> {
    await expect(this.page.getByText(/^Saved as draft/)).toBeVisible();
  }

  async create(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Create prompt' }).click();
    await expect(this.page.getByRole('heading', { name, level: 1 })).toBeVisible();
    await expect(this.page).toHaveURL(/\/prompts\/(?!new)[\w-]+/);
  }

  commitDialog(branch = 'main'): Locator {
    return this.page.getByRole('dialog', { name: `Commit on ${branch}` });
  }

  /** From the draft to its version. */
  async commit(message: string, branch = 'main'): Promise<void> {
    await this.page.getByRole('button', { name: 'Commit…' }).click();
    await this.confirmCommit(message, branch);
  }

  /** In the dialog that is open. */
  async confirmCommit(message: string, branch = 'main'): Promise<void> {
    const dialog = this.commitDialog(branch);
    await dialog.getByLabel('What changed?').fill(message);
    await expect(dialog.getByRole('button', { name: 'Commit', exact: true })).toBeEnabled();
    await this.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(this.versions.nth(1)).toContainText(message);
  }

  async switchTo(branch: string): Promise<void> {
    await this.page.getByRole('button', { name: /^Branch / }).click();
    await this.page.getByRole('option', { name: new RegExp(`^(Shown now)?${branch}\\b`) }).click();
    await expect(this.page.getByRole('heading', { name: `Versions on ${branch}` })).toBeVisible();
  }
}
