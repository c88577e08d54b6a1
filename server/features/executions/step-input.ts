import { type StepDefinition } from '../workflows/definition.js';
import { parseReference, resolveReference } from '../workflows/reference.js';

/** A reference that selects nothing in this execution, though the step depends on it. */
export class MissingInputError extends Error {
  override readonly name = 'MissingInputError';
}

/**
 * The values that a step is given, by name. A workflow input that was left out is null.
 * @throws MissingInputError naming the input and what it refers to
 */
export function stepInput(step: StepDefinition, inputs: Record<string, unknown>, outputOf: (stepKey: string) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    step.inputs.map(({ name, from, value }) => {
      if (from === undefined || from === null) return [name, value ?? null];
      const found = resolveReference(parseReference(from), { inputs, outputOf });
      if (found !== undefined) return [name, found];
      throw new MissingInputError(`Input "${name}" refers to ${from}, which is not there in this run.`);
    }),
  );
}
