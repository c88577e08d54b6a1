import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type ExecutionService } from './execution.service.js';
import { type ExecutionRecord, type StepState } from './execution.types.js';

/** What lists of executions ask for of each, read in one query a request. */
export class ExecutionLoader {
  private readonly readExecutions: ReadMany<ExecutionRecord | null>;
  private readonly readSteps: ReadMany<StepState[]>;
  private readonly readSeqs: ReadMany<number>;

  constructor(executions: ExecutionService) {
    this.readExecutions = (workspaceId, ids) => executions.byIds(workspaceId, ids);
    this.readSteps = (workspaceId, ids) => executions.steps(workspaceId, ids);
    this.readSeqs = (workspaceId, ids) => executions.lastSeqs(workspaceId, ids);
  }

  /** Null where it is no longer kept. */
  execution(context: RequestContext, id: string): Promise<ExecutionRecord | null> {
    return context.loaders.load(this.readExecutions, identityOf(context), id, () => null);
  }

  steps(context: RequestContext, executionId: string): Promise<StepState[]> {
    return context.loaders.load(this.readSteps, identityOf(context), executionId, () => []);
  }

  lastSeq(context: RequestContext, executionId: string): Promise<number> {
    return context.loaders.load(this.readSeqs, identityOf(context), executionId, () => 0);
  }
}
