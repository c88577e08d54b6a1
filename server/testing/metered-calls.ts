import { type Database } from '../database/database.js';
import { MeteredCalls } from '../features/providers/metered-calls.js';
import { type ProvidersService } from '../features/providers/providers.service.js';
import { RateLimits } from '../features/providers/rates/rate-limits.js';
import { BudgetStore } from '../features/providers/spending/budget.store.js';
import { BudgetsService } from '../features/providers/spending/budgets.service.js';
import { SpendStore } from '../features/providers/spending/spend.store.js';
import { Spending } from '../features/providers/spending/spending.service.js';

/** Calls of models within budgets, as the product makes them. */
export function meteredCalls(database: Database, providers: ProvidersService, now: () => Date = () => new Date()) {
  const spends = new SpendStore(database);
  const budgets = new BudgetsService(new BudgetStore(database), spends, now);
  return { spends, budgets, models: new MeteredCalls(providers, new Spending(spends, budgets, now), new RateLimits(now)) };
}
