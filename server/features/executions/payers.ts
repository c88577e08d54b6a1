import { BoundedCache } from '../../bounded-cache.js';
import { type Spender } from '../providers/spending/spending.service.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { type ExecutionStore } from './execution.store.js';
import { type ExecutionRecord } from './execution.types.js';
import { secretUseOf } from './secret-use.js';

type Payer = Pick<ExecutionRecord, 'id' | 'workflowId' | 'workflowVersionId'>;

/** Whose budgets an execution counts in: those of its workflow, of the workflows for whose steps it runs, and of the run that was launched. */
export class Payers {
  private readonly ancestors = new BoundedCache<Promise<Payer[]>>(1_000, 100_000);

  constructor(
    private readonly store: Pick<ExecutionStore, 'ancestors'>,
    private readonly workflows: Pick<WorkflowsService, 'version'>,
  ) {}

  async of(execution: ExecutionRecord): Promise<Spender> {
    const { workspaceId } = execution;
    const payers = [execution, ...(execution.parentId === undefined ? [] : await this.ancestorsOf(execution))];
    const launched = payers.at(-1) ?? execution;
    const { definition } = await this.workflows.version(workspaceId, launched.workflowVersionId);
    const workflowIds = [...new Set(payers.map(({ workflowId }) => workflowId))];
    return { workspaceId, workflowIds, secretUse: secretUseOf(execution, launched.id), ...(definition.budgetUsd !== undefined && { run: { id: launched.id, limitUsd: definition.budgetUsd } }) };
  }

  private async ancestorsOf({ workspaceId, id }: ExecutionRecord): Promise<Payer[]> {
    try {
      return await this.ancestors.getOrMake(id, () => this.store.ancestors(workspaceId, id));
    } catch (error) {
      this.ancestors.forget(id);
      throw error;
    }
  }
}
