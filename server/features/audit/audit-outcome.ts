import { GraphQLError } from 'graphql';
import { DomainError, type ErrorCode } from '../../errors.js';
import { type AuditOutcome } from './audit.types.js';

/** What the rules of access turned down. */
const refusals: readonly ErrorCode[] = ['FORBIDDEN', 'NOT_FOUND', 'RATE_LIMITED'];

/** @returns undefined for what changed nothing and tells nothing: an input that was wrong or came too late */
export function outcomeOfFailure(error: unknown): { outcome: AuditOutcome; code: string } | undefined {
  if (error instanceof DomainError) return refusals.includes(error.code) ? { outcome: 'REFUSED', code: error.code } : undefined;
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return { outcome: 'FAILED', code: typeof code === 'string' ? code : 'INTERNAL_SERVER_ERROR' };
}
