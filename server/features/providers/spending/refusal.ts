import { ModelCallError } from '../provider.js';
import { type CallEstimate } from './spending.service.js';
import { type BudgetPeriod, endOf } from './periods.js';
import { type Limit, type Refusal } from './spend.store.js';

/** A limit, and whose it is. */
export interface NamedLimit extends Limit {
  of: { whom: 'workspace' | 'workflow'; during: BudgetPeriod } | { whom: 'run' };
}

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const count = new Intl.NumberFormat('en-US');
const cents = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fractions = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 9 });

/** Says which budget, how much is left of it, and what to do. */
export function overBudget(model: string, estimate: CallEstimate, { limit, leftUsd }: Refusal<NamedLimit>, now: Date): ModelCallError {
  const { usd, inputTokens, outputTokens } = estimate;
  const tokens = `about ${count.format(inputTokens)} tokens in, up to ${count.format(outputTokens)} out`;
  const left = leftUsd < 0.000_001 ? 'nothing' : dollars(leftUsd);
  return new ModelCallError(
    'BUDGET_EXCEEDED',
    `${model} was not called. It may cost up to ${dollars(usd)} (${tokens}), and ${left} is left of the ${dollars(limit.limitUsd)} that ${spender(limit.of, now)}. ${advice(limit.of, now)}`,
  );
}

export function priceUnknown(model: string): ModelCallError {
  return new ModelCallError('PRICE_UNKNOWN', `${model} was not called: there is a budget, and nobody has said what this model costs. Set its price in Settings, 0 where it is free.`);
}

function spender(of: NamedLimit['of'], now: Date): string {
  if (of.whom === 'run') return 'a run of this workflow may cost';
  return `this ${of.whom} may spend ${of.during === 'DAY' ? `on ${day.format(now)}` : `in ${month.format(now)}`} (UTC)`;
}

function advice(of: NamedLimit['of'], now: Date): string {
  if (of.whom === 'run') return 'Raise the budget among the limits of the workflow, or allow shorter answers in the settings of the model.';
  return `Raise the budget in Settings, allow shorter answers in the settings of the model, or wait for ${day.format(endOf(of.during, now))}.`;
}

/** `$1.24`, `$0.0412`, `$0.000003`: never 0 for what is more. */
function dollars(usd: number): string {
  return `$${(usd >= 1 ? cents : fractions).format(usd >= 1 ? usd : Number(usd.toPrecision(3)))}`;
}
