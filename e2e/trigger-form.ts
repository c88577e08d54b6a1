import { type Page } from '@playwright/test';
import { z } from 'zod';
import { type DemoApi } from '../demo/demo-api.js';

const madeSchema = z.object({ made: z.object({ id: z.string() }) });

/** A workflow that runs in an instant: it greets whoever it is given. */
export async function makeGreeting(api: DemoApi, { name = 'Greeting', expression = '"Hello " & who' } = {}): Promise<string> {
  const definition = {
    inputs: [{ name: 'who', type: 'STRING', required: true }],
    steps: [{ key: 'say', name: 'Say it', type: 'TRANSFORM', settings: { expression }, inputs: [{ name: 'who', from: 'inputs.who' }] }],
  };
  return (await api.request('mutation ($input: CreateWorkflowInput!) { made: createWorkflow(input: $input) { id } }', { input: { name, definition } }, madeSchema)).made.id;
}

/** The page of a new trigger, as whoever makes one goes through it. */
export class TriggerForm {
  constructor(private readonly page: Page) {}

  async begin(type: RegExp, name: string, workflow: string): Promise<void> {
    await this.page.getByRole('radio', { name: type }).click();
    await this.page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await this.page.getByRole('combobox', { name: 'Workflow' }).click();
    await this.page.getByRole('option', { name: workflow, exact: true }).click();
  }

  /** Gives an input of the workflow the same value each time. */
  async always(input: string, value: string): Promise<void> {
    const inputs = this.page.getByRole('list', { name: 'Inputs of the workflow' });
    await inputs.getByRole('radiogroup', { name: `Where ${input} comes from` }).getByText('Always the same').click();
    await inputs.getByRole('textbox', { name: input }).fill(value);
  }

  async create(): Promise<void> {
    await this.page.getByRole('button', { name: 'Create trigger' }).click();
  }
}

/** The id of the trigger whose page is open. */
export function triggerIdOf(page: Page): string {
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
