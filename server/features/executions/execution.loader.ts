import DataLoader from 'dataloader';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type ExecutionService } from './execution.service.js';
import { type StepState } from './execution.types.js';

/** What lists of executions ask for of each, read in one query a request. */
export class ExecutionLoader {
  private readonly stepsKey = {};
  private readonly seqsKey = {};

  constructor(private readonly executions: ExecutionService) {}

  steps(context: RequestContext, executionId: string): Promise<StepState[]> {
    const { workspaceId } = identityOf(context);
    const make = () =>
      new DataLoader(async (ids: readonly string[]) => {
        const steps = await this.executions.steps(workspaceId, ids);
        return ids.map((id) => steps.get(id) ?? []);
      });
    return context.loaders.of(make, this.stepsKey).load(executionId);
  }

  lastSeq(context: RequestContext, executionId: string): Promise<number> {
    const { workspaceId } = identityOf(context);
    const make = () =>
      new DataLoader(async (ids: readonly string[]) => {
        const seqs = await this.executions.lastSeqs(workspaceId, ids);
        return ids.map((id) => seqs.get(id) ?? 0);
      });
    return context.loaders.of(make, this.seqsKey).load(executionId);
  }
}
