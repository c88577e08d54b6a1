import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type ExecutionHistory } from './execution-history.service.js';

/** What lists of executions ask for of each, read in one query a request. */
export class ExecutionHistoryLoader {
  private readonly readPositions: ReadMany<number | null>;
  private readonly readChildCounts: ReadMany<Map<string, number>>;

  constructor(history: ExecutionHistory) {
    this.readPositions = (workspaceId, ids) => history.queuePositions(workspaceId, ids);
    this.readChildCounts = (workspaceId, ids) => history.childCounts(workspaceId, ids);
  }

  /** Null of one that is not queued any more. */
  queuePosition(context: RequestContext, executionId: string): Promise<number | null> {
    return context.loaders.load(this.readPositions, identityOf(context), executionId, () => null);
  }

  async childCount(context: RequestContext, executionId: string, stepKey: string): Promise<number> {
    const counts = await context.loaders.load(this.readChildCounts, identityOf(context), executionId, () => new Map<string, number>());
    return counts.get(stepKey) ?? 0;
  }
}
