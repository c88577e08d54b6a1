import { z } from 'zod';
import { InvalidInputError } from './errors.js';

/**
 * Parses what a caller gave.
 * @param path where the value stands in the caller's arguments, such as `input`
 * @throws InvalidInputError naming every field that is wrong
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown, path: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new InvalidInputError(parsed.error.issues.map((issue) => ({ field: [path, ...issue.path].join('.'), message: issue.message })));
}

/** Text as it was typed, without what PostgreSQL and UTF-8 can't hold. */
export function exactText() {
  return z.string().refine((value) => !value.includes('\0') && value.isWellFormed(), {
    error: 'Take out the NUL characters and halves of surrogate pairs: they can’t be stored.',
  });
}

/** Text without the white space around it, 1 to `longest` characters long. */
export function text(longest: number) {
  return exactText().trim().min(1, 'This must not be empty.').max(longest, `Keep this to ${longest} characters.`);
}

const idPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether this can be an id of ours. What can't be one exists nowhere: answer NOT_FOUND. */
export function isId(value: string): boolean {
  return idPattern.test(value);
}

/** The same as `text`, on one line. */
export function line(longest: number) {
  return text(longest).regex(/^\P{Cc}*$/u, 'Keep this on one line, without control characters.');
}

/** Text that may be left out; it is empty then. */
export function optionalText(longest: number) {
  return exactText().trim().max(longest, `Keep this to ${longest} characters.`);
}

/** An object without its properties that are null or undefined; anything else as it is. For inputs where null means the same as absent. */
export function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== null && part !== undefined));
}
