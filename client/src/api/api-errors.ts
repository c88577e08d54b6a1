import { CombinedGraphQLErrors, ServerError } from '@apollo/client/errors';
import type { GraphQLFormattedError } from 'graphql';

/** The code of what went wrong, as the API has it; UNREACHABLE where no answer came at all. */
export type ProblemCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'INTERNAL_SERVER_ERROR'
  | 'UNREACHABLE';

export interface Problem {
  code: ProblemCode;
  /** A sentence for the person who reads it. */
  message: string;
  /** What is wrong with the input, by dotted path as in the operation's variables: `input.email`. */
  fields: { field: string; message: string }[];
  /** Of a CONFLICT: what stands in the way, as the mutation documents it. To be parsed by whoever reads it. */
  conflict?: unknown;
}

const knownCodes: readonly string[] = [
  'UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'CONFLICT', 'RATE_LIMITED', 'INTERNAL_SERVER_ERROR',
] satisfies ProblemCode[];

const isKnownCode = (code: unknown): code is ProblemCode => typeof code === 'string' && knownCodes.includes(code);

const serverFailure = 'Something went wrong on the server. Try again; if it stays, look at the server’s log.';

/** The answer of the API was that it would not do it. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

/** What a failed query, mutation or subscription means, whatever form its error has. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  if (CombinedGraphQLErrors.is(error)) return problemOfGraphQLErrors(error.errors);
  if (ServerError.is(error)) {
    if (error.statusCode === 401) return { code: 'UNAUTHENTICATED', message: 'Your session has ended. Sign in again.', fields: [] };
    if (error.statusCode === 413) return { code: 'BAD_USER_INPUT', message: 'That is too much at once for the server. Make it shorter.', fields: [] };
    if (error.statusCode === 429) return { code: 'RATE_LIMITED', message: 'Too many requests. Wait a moment, then try again.', fields: [] };
    if (![502, 503, 504].includes(error.statusCode)) return { code: 'INTERNAL_SERVER_ERROR', message: serverFailure, fields: [] };
  }
  return {
    code: 'UNREACHABLE',
    message: "The server can't be reached. Nothing was lost here: try again in a moment.",
    fields: [],
  };
}

export function problemOfGraphQLErrors(errors: readonly GraphQLFormattedError[]): Problem {
  const first = errors[0];
  const code = isKnownCode(first?.extensions?.['code']) ? first.extensions['code'] : 'INTERNAL_SERVER_ERROR';
  const fields = errors.flatMap((error) => fieldsOf(error.extensions?.['fields']));
  const message = code === 'INTERNAL_SERVER_ERROR' || !first ? serverFailure : first.message;
  const conflict: unknown = code === 'CONFLICT' ? first?.extensions?.['conflict'] : undefined;
  return { code, message, fields, ...(conflict !== undefined && { conflict }) };
}

function fieldsOf(value: unknown): Problem['fields'] {
  if (!Array.isArray(value)) return [];
  return value.filter(
    (entry: unknown): entry is Problem['fields'][number] =>
      typeof entry === 'object' && entry !== null &&
      'field' in entry && typeof entry.field === 'string' &&
      'message' in entry && typeof entry.message === 'string',
  );
}

/**
 * Splits a failed submit into what belongs beside the fields of a form and what belongs above it.
 * @param prefix what the form's own paths lack in front: `input.` by default
 */
export function formProblem(error: unknown, knownFields: readonly string[], prefix = 'input.') {
  const problem = problemOf(error);
  const fieldErrors: Record<string, string> = {};
  const others: string[] = [];
  for (const { field, message } of problem.fields) {
    const path = field.startsWith(prefix) ? field.slice(prefix.length) : field;
    const known = knownFields.find((name) => path === name || path.startsWith(`${name}.`));
    if (known) fieldErrors[known] = fieldErrors[known] === undefined ? message : `${fieldErrors[known]} ${message}`;
    else others.push(message);
  }
  const hasFieldErrors = Object.keys(fieldErrors).length > 0;
  const general = others.length > 0 ? others.join(' ') : hasFieldErrors ? null : problem.message;
  return { fieldErrors, general, code: problem.code };
}
