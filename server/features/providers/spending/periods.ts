/** What a budget is for: the day or the month of the calendar, in UTC. */
export type BudgetPeriod = 'DAY' | 'MONTH';

/** As totals are kept: `2026-11-28`. Days sort by time, and no month sorts among them. */
export function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10);
}

/** As totals are kept: `2026-11-28` or `month 2026-11`. */
export function periodOf(period: BudgetPeriod, time: Date): string {
  return period === 'DAY' ? dayOf(time) : `month ${time.toISOString().slice(0, 7)}`;
}

/** The first instant of the next one. */
export function endOf(period: BudgetPeriod, time: Date): Date {
  const [year, month, day] = [time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()];
  return period === 'DAY' ? new Date(Date.UTC(year, month, day + 1)) : new Date(Date.UTC(year, month + 1, 1));
}
