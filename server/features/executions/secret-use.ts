import { type SecretUse } from '../audit/secret-access.js';
import { type ExecutionRecord } from './execution.types.js';

/** What the audit log tells of a secret that a run uses. @param launched the run that it runs for, by which each is told once */
export function secretUseOf({ id, deliveryId, triggerId, startedById }: ExecutionRecord, launched = id): SecretUse {
  return { run: launched, executionId: launched, deliveryId, triggerId, personId: startedById };
}
