import type { DraftInput } from '../draft';
import { readValue, type Reading } from '../input-value';
import type { WorkflowInput } from '../workflow.operations';

export const trialInputId = (inputId: string) => `try-input-${inputId}`;

/** What was typed, or else the input's sample, or its default. */
export const textFor = ({ id, sampleText, defaultText }: DraftInput, texts: Readonly<Record<string, string>>): string => texts[id] ?? (sampleText || defaultText);

/** The values by the names of the inputs; by their ids, what is wrong with them. */
export function readTexts(inputs: readonly DraftInput[], texts: Readonly<Record<string, string>>) {
  const values: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  for (const input of inputs) {
    const text = textFor(input, texts);
    const reading: Reading = readValue(input.type, text);
    if (reading.problem !== undefined) problems[input.id] = reading.problem;
    else if (text === '' && input.required) problems[input.id] = 'This is needed to try the workflow.';
    else if (text !== '') values[input.name.trim()] = reading.value;
  }
  return { values, problems };
}

/** An input of the draft as the form for a run takes it. */
export function toRunInput({ name, type, required, description }: DraftInput): WorkflowInput {
  return { name: name || 'Unnamed input', type, required, description, defaultValue: null, schema: null, sample: null };
}
