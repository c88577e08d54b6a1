import { type SetBudgetInput } from '../../../../schema/budgets.js';
import { type Identity } from '../../auth/identity.js';
import { type BudgetsService, type BudgetState } from '../../providers/spending/budgets.service.js';
import { type WorkflowsService } from '../workflow.service.js';

/** The budgets of a workspace and of its workflows. */
export class WorkflowBudgets {
  constructor(
    private readonly budgets: BudgetsService,
    private readonly workflows: Pick<WorkflowsService, 'get'>,
  ) {}

  /** That of the whole workspace first. */
  list(workspaceId: string): Promise<BudgetState[]> {
    return this.budgets.list(workspaceId);
  }

  /** @throws NotFoundError for a workflow that does not exist @throws InvalidInputError naming every field that is wrong */
  async set({ workspaceId }: Identity, { workflowId, ...limit }: SetBudgetInput): Promise<BudgetState> {
    if (workflowId) await this.workflows.get(workspaceId, workflowId);
    return this.budgets.set(workspaceId, workflowId ?? '', limit);
  }

  /** @returns its id @throws NotFoundError */
  async remove({ workspaceId }: Identity, id: string): Promise<{ id: string }> {
    await this.budgets.remove(workspaceId, id);
    return { id };
  }
}
