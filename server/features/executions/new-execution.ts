import { type NewExecution } from './execution.store.js';
import { type ExecutionRecord, noUsage, type StepState } from './execution.types.js';

/** An execution that nobody has run yet, as it is read once it is stored. */
export function newRecord(id: string, execution: Omit<NewExecution, 'stepKeys'>, createdAt: Date): ExecutionRecord {
  const { workspaceId, workflowId, workflowVersionId, trigger, startedById, inputs, branch, idempotencyKey, labels = [], launchedBy, chainDepth = 0, lockfile, limits, rerunOf } = execution;
  const nothingYet = { output: undefined, error: undefined, startedAt: undefined, finishedAt: undefined, costUsd: undefined };
  const ofNone = { replayId: undefined, parentId: undefined, parentStepKey: undefined, itemIndex: undefined, scope: undefined };
  return {
    ...nothingYet,
    ...ofNone,
    ...limits,
    id,
    workspaceId,
    workflowId,
    workflowVersionId,
    status: 'QUEUED',
    trigger,
    startedById,
    inputs,
    lockfile,
    createdAt,
    usage: noUsage,
    labels: [...labels],
    branch: branch ?? undefined,
    idempotencyKey,
    rerunOfId: rerunOf?.id,
    triggerId: launchedBy?.triggerId,
    deliveryId: launchedBy?.deliveryId,
    maxRunsPerTrigger: launchedBy?.maxRuns,
    chainDepth,
  };
}

/** A step that nothing has been done about. */
export function pendingStep(key: string, position: number): StepState {
  const nothingYet = { input: undefined, output: undefined, error: undefined, details: undefined, costUsd: undefined, waitingFor: undefined, startedAt: undefined, finishedAt: undefined, retryAt: undefined };
  return { ...nothingYet, key, position, status: 'PENDING', attempt: 0, usage: noUsage, reused: false };
}
