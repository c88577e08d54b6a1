import { readValue, writeValue } from './input-value';
import type { WorkflowInput } from './workflow.operations';

/** A run may be started without saying what it is. */
export const isLeftOpen = ({ required, defaultValue }: WorkflowInput): boolean => !required && (defaultValue ?? null) === null;

/** What the fields of a run begin with, by the names of the inputs. @param values as an earlier run had them */
export function startingTexts(inputs: readonly WorkflowInput[], values: unknown): Record<string, string> {
  const earlier: Record<string, unknown> = typeof values === 'object' && values !== null ? { ...values } : {};
  return Object.fromEntries(inputs.map((input) => [input.name, writeValue(input.type, earlier[input.name] ?? input.defaultValue) || unsaid(input)]));
}

/** A switch that nobody touched says no. */
const unsaid = (input: WorkflowInput): string => (input.type === 'BOOLEAN' && !isLeftOpen(input) ? 'false' : '');

export interface ReadTexts {
  given: Record<string, unknown>;
  /** What can be told without asking the server, by the names of the inputs. */
  problems: Record<string, string>;
  /** Inputs that are needed, and have nothing. */
  missing: string[];
}

/** The values that the fields' texts stand for. */
export function readTexts(inputs: readonly WorkflowInput[], texts: Readonly<Record<string, string>>): ReadTexts {
  const given: Record<string, unknown> = {};
  const problems: Record<string, string> = {};
  const missing: string[] = [];
  for (const { name, type, required } of inputs) {
    const text = texts[name] ?? '';
    const reading = readValue(type, text);
    if (reading.problem !== undefined) problems[name] = reading.problem;
    else if (text === '' && required) missing.push(name);
    else if (text !== '') given[name] = reading.value;
  }
  return { given, problems, missing };
}
