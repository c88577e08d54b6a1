import { type z } from 'zod';
import { type FieldProblem, InvalidInputError } from './errors.js';
import { exactText } from './input.js';

/** Collects everything that is wrong with an input whose parts depend on one another, so that the caller hears of all of it at once. */
export class InputProblems {
  private readonly found: FieldProblem[] = [];

  add(field: string, message: string): void {
    this.found.push({ field, message });
  }

  get any(): boolean {
    return this.found.length > 0;
  }

  get all(): readonly FieldProblem[] {
    return this.found;
  }

  /** Each with its field, as one sentence. */
  get messages(): string[] {
    return this.found.map(({ field, message }) => `${field}: ${message}`);
  }

  /** Parses the value that stands at `field`. @returns undefined where it is wrong, having noted why */
  read<Schema extends z.ZodType>(schema: Schema, value: unknown, field: string): z.output<Schema> | undefined {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) this.add([field, ...issue.path].join('.'), issue.message);
    return undefined;
  }

  /** @throws InvalidInputError where anything was found */
  throwIfAny(): void {
    if (this.any) throw new InvalidInputError(this.found);
  }
}

/** @returns what is wrong with a JSON value from outside, `longest` being how many characters its JSON text may have */
export function jsonProblem(value: unknown, longest: number): string | undefined {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const item = waiting.pop();
    const problem = scalarProblem(item);
    if (problem) return problem;
    // One by one: spreading a long array into `push` would overflow the stack.
    if (typeof item === 'object' && item !== null) for (const part of Array.isArray(item) ? item : Object.entries(item).flat()) waiting.push(part);
  }
  return (JSON.stringify(value) ?? '').length > longest ? `Keep this to ${longest} characters of JSON.` : undefined;
}

const storable = exactText();

function scalarProblem(value: unknown): string | undefined {
  if (typeof value === 'string') return storable.safeParse(value).error?.issues[0]?.message;
  if (typeof value !== 'number') return undefined;
  if (!Number.isFinite(value)) return 'Only finite numbers are JSON.';
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return 'Give whole numbers beyond 2^53 - 1 as text: as numbers they lose their last digits.';
  }
  return undefined;
}
