import { z } from 'zod';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId, parseInput } from '../../../input.js';
import { ShortCache } from '../../../short-cache.js';
import { type BudgetRecord, type BudgetStore } from './budget.store.js';
import { type BudgetPeriod, endOf, periodOf } from './periods.js';
import { type SpendStore, type Total } from './spend.store.js';

const mostBudgets = 200;
/** How long another process may go on with a budget that was changed. */
const maxAgeMs = 5_000;
const limitSchema = z.object({
  period: z.enum(['DAY', 'MONTH']),
  limitUsd: z.number().positive('Give more than 0 US dollars. To stop a workflow, pause what launches it.').max(10_000_000, 'Give 10,000,000 US dollars at most.'),
});

/** A budget, and how much of it is left. */
export interface BudgetState extends BudgetRecord {
  spentUsd: number;
  reservedUsd: number;
  leftUsd: number;
  resetsAt: Date;
}

/** What workspaces and their workflows may spend on models in a day or a month. */
export class BudgetsService {
  private readonly recent = new ShortCache(maxAgeMs, (workspaceId) => this.store.all(workspaceId));

  constructor(
    private readonly store: BudgetStore,
    private readonly spends: SpendStore,
    private readonly now: () => Date,
  ) {}

  /** Those of the whole workspace and of these workflows. Cheap to ask for again, as each call of a model does. */
  async applying(workspaceId: string, workflowIds: readonly string[]): Promise<BudgetRecord[]> {
    return (await this.recent.get(workspaceId)).filter((budget) => budget.workflowId === '' || workflowIds.includes(budget.workflowId));
  }

  /** As they are set, whatever was spent. */
  limits(workspaceId: string): Promise<BudgetRecord[]> {
    return this.store.all(workspaceId);
  }

  /** Those of the whole workspace first. */
  async list(workspaceId: string): Promise<BudgetState[]> {
    return this.withTotals(workspaceId, await this.store.all(workspaceId));
  }

  /**
   * Puts a limit on a day's or a month's spending, in the place of the one that there was.
   * @param workflowId that of a workflow of the workspace, or empty for the whole workspace
   * @throws InvalidInputError naming every field that is wrong
   */
  async set(workspaceId: string, workflowId: string, input: { period: BudgetPeriod; limitUsd: number }): Promise<BudgetState> {
    const { period, limitUsd } = parseInput(limitSchema, input, 'input');
    const known = await this.store.all(workspaceId);
    if (known.length >= mostBudgets && !known.some((budget) => budget.workflowId === workflowId && budget.period === period)) {
      throw new InvalidInputError([{ field: 'input', message: `A workspace has ${mostBudgets} budgets at most. Remove one first.` }]);
    }
    const budget = await this.store.set(workspaceId, { workflowId, period, limitUsd });
    this.recent.forget(workspaceId);
    return this.stateOf(budget, await this.totalsOf(workspaceId, [budget]));
  }

  /** @throws NotFoundError */
  async remove(workspaceId: string, id: string): Promise<void> {
    if (!isId(id) || !(await this.store.remove(workspaceId, id))) throw new NotFoundError('budget');
    this.recent.forget(workspaceId);
  }

  /** Of runs that are deleted: nothing is left of their own budgets. */
  forgetRuns(workspaceId: string, runIds: readonly string[]): Promise<void> {
    return this.spends.forget(workspaceId, runIds);
  }

  private async withTotals(workspaceId: string, budgets: readonly BudgetRecord[]): Promise<BudgetState[]> {
    const totals = await this.totalsOf(workspaceId, budgets);
    return budgets.map((budget) => this.stateOf(budget, totals));
  }

  private totalsOf(workspaceId: string, budgets: readonly BudgetRecord[]): Promise<Total[]> {
    const subjects = [...new Set(budgets.map(({ workflowId }) => workflowId))];
    return this.spends.totals(workspaceId, subjects, (['DAY', 'MONTH'] as const).map((period) => periodOf(period, this.now())));
  }

  private stateOf(budget: BudgetRecord, totals: readonly Total[]): BudgetState {
    const period = periodOf(budget.period, this.now());
    const total = totals.find((one) => one.subject === budget.workflowId && one.period === period);
    const { spentUsd, reservedUsd } = rounded(total);
    return { ...budget, spentUsd, reservedUsd, leftUsd: Math.max(0, budget.limitUsd - spentUsd - reservedUsd), resetsAt: endOf(budget.period, this.now()) };
  }
}

/** Without what adding and taking away has left over. */
function rounded({ spentUsd, reservedUsd }: Pick<Total, 'spentUsd' | 'reservedUsd'> = { spentUsd: 0, reservedUsd: 0 }) {
  const round = (dollars: number) => Math.max(0, Math.round(dollars * 1e9) / 1e9);
  return { spentUsd: round(spentUsd), reservedUsd: round(reservedUsd) };
}
