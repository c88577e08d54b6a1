import { InvalidInputError } from '../../errors.js';
import { SandboxError } from '../../sandbox/sandbox.js';
import { ModelCallError } from '../providers/provider.js';
import { SecretUnusableError } from '../secrets/secret.service.js';
import { type RetryPolicy } from '../workflows/definition.js';
import { type Failure, type Usage } from './execution.types.js';
import { PinnedPromptGoneError } from './pinned-references.js';
import { MissingInputError } from './step-input.js';

export interface AttemptFailure extends Failure {
  retryable: boolean;
  retryAfterMs?: number | undefined;
  /** As which attempt its retry policy counts it; absent: as the step's. */
  attempt?: number | undefined;
}

/** @returns undefined for what no step should throw: a fault of the product itself */
export function attemptFailure(error: unknown): AttemptFailure | undefined {
  if (error instanceof AttemptTimeoutError) return { code: 'TIMEOUT', message: error.message, retryable: true };
  if (error instanceof StepError) return { code: error.code, message: error.message, retryable: error.retryable, retryAfterMs: error.retryAfterMs, attempt: error.attempt };
  if (error instanceof MissingInputError) return { code: 'MISSING_INPUT', message: error.message, retryable: false };
  if (error instanceof ModelCallError) return { code: error.code, message: error.message, retryable: error.retryable, retryAfterMs: error.retryAfterMs };
  if (error instanceof PinnedPromptGoneError) return { code: 'PROMPT_DELETED', message: error.message, retryable: false };
  if (error instanceof SecretUnusableError) return { code: error.code, message: error.message, retryable: false };
  if (error instanceof InvalidInputError) return { code: 'INVALID_VALUES', message: error.message, retryable: false };
  if (error instanceof SandboxError) return { code: `TEMPLATE_${error.code}`, message: error.message, retryable: false };
  return undefined;
}

/** A step's own failure, in words for whoever wrote the workflow. */
export class StepError extends Error {
  override readonly name = 'StepError';
  constructor(
    readonly code: string,
    message: string,
    readonly retryable = false,
    /** How long the other side asked to wait. */
    readonly retryAfterMs?: number,
    /** As which attempt its retry policy counts it, where that is not the step's: 0 is no attempt at what comes next. */
    readonly attempt?: number,
  ) {
    super(message);
  }
}

/** An execution that ran for the step did not complete. Its own steps have been tried again as they say, so the step is not. */
export class ChildFailedError extends StepError {
  constructor(
    message: string,
    /** By all that ran for the step. */
    readonly spent: { usage: Usage; costUsd: number | undefined },
  ) {
    super('CHILD_FAILED', message);
  }
}

export class AttemptTimeoutError extends Error {
  override readonly name = 'AttemptTimeoutError';
  constructor(timeoutMs: number) {
    super(`The attempt took longer than ${timeoutMs / 1000} s and was ended. Give the step more time, or less to do.`);
  }
}

/** A provider that asks for more than this is not waited for as long: the next attempt will tell. */
const longestRetryAfterMs = 60 * 60 * 1000;

/**
 * The pause before the next attempt, in milliseconds: exponential with full jitter (Brooker, "Exponential Backoff And Jitter", AWS 2015), but
 * never shorter than a provider asked for.
 * @param attempt the attempt that failed, from 1
 */
export function retryDelayMs({ initialDelayMs, maxDelayMs }: RetryPolicy, attempt: number, retryAfterMs = 0, random = Math.random): number {
  const ceiling = Math.min(maxDelayMs, initialDelayMs * 2 ** (attempt - 1));
  return Math.max(Math.round(random() * ceiling), Math.min(retryAfterMs, longestRetryAfterMs));
}
