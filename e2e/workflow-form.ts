import { type Locator, type Page } from '@playwright/test';

/** The form of a workflow, or of the steps within one of its steps, as its author sees it. */
export class WorkflowForm {
  /** @param scope what the steps stand in */
  constructor(
    private readonly page: Page,
    private readonly scope: Page | Locator = page,
  ) {}

  /** The steps that a step holds. */
  within(step: Locator): WorkflowForm {
    return new WorkflowForm(this.page, step);
  }

  card(number: number, name: string): Locator {
    return this.scope.getByRole('listitem', { name: `Step ${number}: ${name}` });
  }

  /** Adds a step as the last one, with the keyboard. @returns its card */
  async addStep(type: string, number: number, name: string): Promise<Locator> {
    await this.scope.getByRole('button', { name: 'Add step' }).last().press('Enter');
    await this.page.getByRole('combobox', { name: 'Find a type of step' }).or(this.page.getByRole('textbox', { name: 'Find a type of step' })).pressSequentially(type);
    await this.page.keyboard.press('Enter');
    await this.scope.getByRole('textbox', { name: `Name of step ${number}` }).last().fill(name);
    return this.card(number, name);
  }

  async addValue(step: Locator, name: string, from: string): Promise<void> {
    await step.getByRole('button', { name: 'Add value' }).first().click();
    await step.getByRole('textbox', { name: 'Name of the value' }).last().fill(name);
    await this.choose(this.source(step, name), from);
  }

  source(step: Locator, name: string): Locator {
    return step.getByRole('combobox', { name: `Where ${name} comes from` });
  }

  /** Chooses by the beginning of an option: what is known of a value stands behind its name. */
  async choose(select: Locator, option: string): Promise<void> {
    await select.click();
    await this.page.getByRole('option', { name: new RegExp(`^${option.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}( |$)`) }).first().click();
  }

  async more(step: Locator): Promise<void> {
    await step.getByRole('button', { name: /^More/ }).last().click();
  }
}
