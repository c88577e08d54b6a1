import { type Response } from 'express';
import { ConflictError, type DomainError, type ErrorCode, InvalidInputError, RateLimitedError } from '../errors.js';

const statusOf: Record<ErrorCode, number> = { UNAUTHENTICATED: 401, FORBIDDEN: 403, NOT_FOUND: 404, BAD_USER_INPUT: 400, CONFLICT: 409, RATE_LIMITED: 429 };

/** Answers with an expected failure, in the shape that GraphQL has for it. */
export function answerWith(response: Response, error: DomainError): void {
  if (error instanceof RateLimitedError) response.setHeader('Retry-After', String(error.retryAfterSeconds));
  response.status(statusOf[error.code]).json({ errors: [{ message: error.message, extensions: extensionsOf(error) }] });
}

function extensionsOf(error: DomainError) {
  return {
    code: error.code,
    ...(error instanceof InvalidInputError && { fields: error.fields }),
    ...(error instanceof ConflictError && error.conflict && { conflict: error.conflict }),
  };
}
