import { type StepDefinition } from '../workflows/definition.js';
import { parseReference, type Reference, resolveReference } from '../workflows/reference.js';
import { type Failure } from './execution.types.js';
import { hiddenSecret } from './redaction.js';

/** A reference that selects nothing in this execution, though the step depends on it. */
export class MissingInputError extends Error {
  override readonly name = 'MissingInputError';
}

export interface StepValues {
  /** By name, without secrets. */
  values: Record<string, unknown>;
  /** By name, the names in the vault of those that only the step's runner looks up, at the moment when it sends them. */
  secrets: Record<string, string>;
  /** As they may be kept. */
  shown: Record<string, unknown>;
}

export class StepInputs {
  constructor(
    private readonly inputs: Record<string, unknown>,
    private readonly outputOf: (stepKey: string) => unknown,
    private readonly errorOf: (stepKey: string) => Failure | null,
  ) {}

  /**
   * What a step is given. A workflow input that was left out is null.
   * @throws MissingInputError naming the input and what it refers to
   */
  read(step: StepDefinition): StepValues {
    const values: [string, unknown][] = [];
    const secrets: [string, string][] = [];
    for (const { name, from, value } of step.inputs) {
      const reference = from === undefined ? undefined : parseReference(from);
      if (reference?.kind === 'secret') secrets.push([name, reference.name]);
      else values.push([name, from !== undefined && reference ? this.resolve(name, from, reference) : (value ?? null)]);
    }
    return {
      values: Object.fromEntries<unknown>(values),
      secrets: Object.fromEntries(secrets),
      shown: Object.fromEntries<unknown>([...values, ...secrets.map(([name]): [string, unknown] => [name, hiddenSecret])]),
    };
  }

  private resolve(name: string, from: string, reference: Reference): unknown {
    const found = resolveReference(reference, { inputs: this.inputs, outputOf: this.outputOf, errorOf: this.errorOf });
    if (found !== undefined) return found;
    // What a skipped or failed step would have given has no properties either.
    if (reference.kind === 'step' && this.outputOf(reference.key) === null) return null;
    throw new MissingInputError(`Input "${name}" refers to ${from}, which is not there in this run.`);
  }
}
