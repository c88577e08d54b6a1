/** One thing that is wrong with an input: the field's dotted path in the caller's input, and what to do about it. */
export interface FieldProblem {
  field: string;
  message: string;
}

export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'BAD_USER_INPUT'
  | 'CONFLICT'
  | 'RATE_LIMITED';

/** An expected failure. Its message is meant for the caller; `graphql/error-format.ts` translates it, nobody else does. */
export abstract class DomainError extends Error {
  abstract readonly code: ErrorCode;
  override get name(): string {
    return this.constructor.name;
  }
}

export class UnauthenticatedError extends DomainError {
  readonly code = 'UNAUTHENTICATED';
}

export class ForbiddenError extends DomainError {
  readonly code = 'FORBIDDEN';
}

/** Also for what exists in another workspace: a caller must not learn that it does. */
export class NotFoundError extends DomainError {
  readonly code = 'NOT_FOUND';
  constructor(what: string, message = `There is no such ${what} in this workspace.`) {
    super(message);
  }
}

export class InvalidInputError extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  constructor(readonly fields: readonly FieldProblem[]) {
    super(fields.map(({ field, message }) => `${field}: ${message}`).join(' '));
  }
}

export class ConflictError extends DomainError {
  readonly code = 'CONFLICT';
  constructor(
    message: string,
    /** What the caller needs to settle it, as JSON; told as `extensions.conflict`. */
    readonly conflict?: Readonly<Record<string, unknown>>,
  ) {
    super(message);
  }
}

export class RateLimitedError extends DomainError {
  readonly code = 'RATE_LIMITED';
  constructor(
    message: string,
    readonly retryAfterSeconds: number,
  ) {
    super(message);
  }
}

/** The process can't start as it was told to. Its message says what to do; `main.ts` prints it as one line and exits with 1. */
export class StartupError extends Error {
  override readonly name: string = 'StartupError';
}

export class PortTakenError extends StartupError {
  override readonly name = 'PortTakenError';
  constructor(port: number) {
    super(`Port ${port} is taken. Stop what uses it, or set PORT to another one.`);
  }
}
