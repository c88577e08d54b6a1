import { GroupQueue } from '../../../group-queue.js';
import { type SecretUse } from '../../audit/secret-access.js';
import { costOf, type ModelPrice } from '../prices/model-price.js';
import { expectedTokens, type PlannedCall } from '../planned-call.js';
import { type BudgetsService } from './budgets.service.js';
import { type BudgetPeriod, dayOf, periodOf } from './periods.js';
import { type NamedLimit, overBudget, priceUnknown } from './refusal.js';
import { type Account, type Movement, type Refusal, type SpendStore } from './spend.store.js';

/** For whom a model is called. */
export interface Spender {
  workspaceId: string;
  /** The workflow that runs, and those for whose steps it does. */
  workflowIds?: readonly string[] | undefined;
  /** The run that was launched, where it has a budget of its own. */
  run?: { id: string; limitUsd: number } | undefined;
  promptVersionId?: string | undefined;
  /** What the audit log tells of the provider's key. */
  secretUse?: SecretUse | undefined;
}

export interface CallEstimate {
  usd: number;
  inputTokens: number;
  outputTokens: number;
}

/** What was set aside for a call. One that is never settled counts as spent. */
export interface Reservation {
  /** @param costUsd undefined where no price is known */
  settle(costUsd: number | undefined): Promise<void>;
}

const largestGroup = 500;

/** Keeps calls of models within their budgets: what each may cost is set aside before it, and what it did cost is counted after it. */
export class Spending {
  private readonly queue: GroupQueue<Movement, Refusal | undefined>;

  constructor(
    store: Pick<SpendStore, 'move'>,
    private readonly budgets: Pick<BudgetsService, 'applying'>,
    private readonly now: () => Date,
  ) {
    this.queue = new GroupQueue(largestGroup, (movements) => store.move(movements));
  }

  /**
   * Sets aside what the call may cost. Where no budget applies, or the call is free, that is nothing, and touches no database.
   * @throws ModelCallError: BUDGET_EXCEEDED, or PRICE_UNKNOWN where a budget applies to a call that nobody can price
   */
  async reserve(spender: Spender, model: string, price: ModelPrice | undefined, call: PlannedCall): Promise<Reservation> {
    const at = this.now();
    const limits = await this.limitsOf(spender, at);
    if (limits.length === 0) return this.reservation(spender, at, 0);
    if (!price) throw priceUnknown(model);
    const estimate = estimateOf(price, call);
    if (estimate.usd === 0) return this.reservation(spender, at, 0);
    const refusal = await this.queue.add({ workspaceId: spender.workspaceId, accounts: accountsOf(spender, at), spentUsd: 0, reservedUsd: estimate.usd, limits });
    const limit = refusal && limits.find((one) => one === refusal.limit);
    if (limit) throw overBudget(model, estimate, { ...refusal, limit }, at);
    return this.reservation(spender, at, estimate.usd);
  }

  private reservation(spender: Spender, at: Date, reservedUsd: number): Reservation {
    return {
      settle: async (costUsd = 0) => {
        if (costUsd === 0 && reservedUsd === 0) return;
        await this.queue.add({ workspaceId: spender.workspaceId, accounts: accountsOf(spender, at), spentUsd: costUsd, reservedUsd: -reservedUsd, limits: [] });
      },
    };
  }

  private async limitsOf({ workspaceId, workflowIds = [], run }: Spender, at: Date): Promise<NamedLimit[]> {
    const budgets = await this.budgets.applying(workspaceId, workflowIds);
    const limits = budgets.map(({ workflowId: subject, period, limitUsd }): NamedLimit => {
      const of = { whom: subject === '' ? ('workspace' as const) : ('workflow' as const), during: period };
      return { subject, period: periodOf(period, at), limitUsd, of };
    });
    return run ? [{ ...ofRun(run.id), limitUsd: run.limitUsd, of: { whom: 'run' } }, ...limits] : limits;
  }
}

const ofRun = (id: string): Account => ({ subject: id, period: '' });

function accountsOf({ workflowIds = [], run, promptVersionId }: Spender, at: Date): Account[] {
  const periods = (['DAY', 'MONTH'] satisfies BudgetPeriod[]).map((period) => periodOf(period, at));
  const budgeted = ['', ...workflowIds].flatMap((subject) => periods.map((period) => ({ subject, period })));
  return [...budgeted, ...(run ? [ofRun(run.id)] : []), ...(promptVersionId ? [{ subject: promptVersionId, period: dayOf(at) }] : [])];
}

/** The most that a call is expected to cost, none of its input having been read before. */
function estimateOf(price: ModelPrice, call: PlannedCall): CallEstimate {
  const tokens = expectedTokens(call);
  return { usd: costOf(price, tokens), ...tokens };
}
