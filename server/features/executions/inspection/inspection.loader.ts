import { z } from 'zod';
import { type ChildState, type StepAttempt, type StepLog } from '../../../../schema/step-inspection.js';
import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { groupBy } from '../../../group-by.js';
import { logLevels } from '../execution.types.js';
import { type InspectionStore } from './inspection.store.js';
import { attemptsOf } from './step-attempts.js';

type BySteps<Found> = ReadonlyMap<string, Found>;

const logSchema = z.object({ level: z.enum(logLevels), message: z.string(), fields: z.record(z.string(), z.unknown()) });

/** What is asked of the steps of an execution, read in one query for all of them. */
export class InspectionLoader {
  private readonly readAttempts: ReadMany<BySteps<StepAttempt[]>>;
  private readonly readLogs: ReadMany<BySteps<StepLog[]>>;
  private readonly readChildStates: ReadMany<BySteps<ChildState[]>>;

  constructor(store: InspectionStore) {
    this.readAttempts = async (workspaceId, ids) => bySteps(await store.attemptEvents(workspaceId, ids), attemptsOf);
    this.readLogs = async (workspaceId, ids) =>
      bySteps(await store.logEvents(workspaceId, ids), (events) => events.map(({ seq, at, attempt = 1, payload }) => ({ seq, at, attempt, ...logSchema.parse(payload) })));
    this.readChildStates = async (workspaceId, ids) => bySteps(await store.childStates(workspaceId, ids), (states) => states);
  }

  attempts(context: RequestContext, executionId: string, stepKey: string): Promise<StepAttempt[]> {
    return this.ofStep(this.readAttempts, context, executionId, stepKey);
  }

  logs(context: RequestContext, executionId: string, stepKey: string): Promise<StepLog[]> {
    return this.ofStep(this.readLogs, context, executionId, stepKey);
  }

  childStates(context: RequestContext, executionId: string, stepKey: string): Promise<ChildState[]> {
    return this.ofStep(this.readChildStates, context, executionId, stepKey);
  }

  private async ofStep<Found>(read: ReadMany<BySteps<Found[]>>, context: RequestContext, executionId: string, stepKey: string): Promise<Found[]> {
    const found = await context.loaders.load(read, identityOf(context), executionId, () => new Map<string, Found[]>());
    return found.get(stepKey) ?? [];
  }
}

function bySteps<Item extends { executionId: string; stepKey: string | undefined }, Found>(items: readonly Item[], toFound: (items: Item[]) => Found): Map<string, BySteps<Found>> {
  const executions = [...groupBy(items, ({ executionId }) => executionId)];
  return new Map(executions.map(([id, own]) => [id, new Map([...groupBy(own, ({ stepKey = '' }) => stepKey)].map(([key, ofStep]) => [key, toFound(ofStep)]))]));
}
