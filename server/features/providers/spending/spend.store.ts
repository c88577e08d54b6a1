import { type BulkInsert, type Database, type SqlSession } from '../../../database/database.js';

/** One of the totals that a call counts in. */
export interface Account {
  /** Empty: the whole workspace; else the id of a workflow, of a prompt version or of a run. */
  subject: string;
  /** As `periods.ts` names them; empty: of all time. */
  period: string;
}

export interface Limit extends Account {
  limitUsd: number;
}

/** What is added to every one of the accounts, or to none. */
export interface Movement {
  workspaceId: string;
  accounts: readonly Account[];
  spentUsd: number;
  reservedUsd: number;
  /** It is refused where an account would hold more than its limit. */
  limits: readonly Limit[];
}

export interface Refusal<Exceeded extends Limit = Limit> {
  limit: Exceeded;
  leftUsd: number;
}

export interface Total extends Account {
  spentUsd: number;
  reservedUsd: number;
}

const totalUpsert: BulkInsert = {
  table: 'spend_total',
  columns: { workspace_id: 'text', subject: 'text', period: 'text', spent_usd: 'double precision', reserved_usd: 'double precision' },
  onConflict: `ON CONFLICT (workspace_id, subject, period) DO UPDATE SET spent_usd = spend_total.spent_usd + excluded.spent_usd,
    reserved_usd = spend_total.reserved_usd + excluded.reserved_usd`,
};

const totalColumns = 'subject, period, spent_usd AS "spentUsd", reserved_usd AS "reservedUsd"';

/** What adding and taking away many small amounts may err by. */
const tolerance = 1e-9;

export class SpendStore {
  constructor(private readonly database: Database) {}

  /**
   * Makes the movements one after another, in one transaction.
   * @returns for each, in their order, what refused it; undefined where it was made
   */
  move(movements: readonly Movement[]): Promise<(Refusal | undefined)[]> {
    return this.database.write(async (sql) => {
      const workspaceIds = [...new Set(movements.map(({ workspaceId }) => workspaceId))].sort();
      // Other processes move the same totals: each waits here for those before it, and reads what they left.
      if (this.database.engine === 'postgres') for (const id of workspaceIds) await sql.all(`SELECT pg_advisory_xact_lock(hashtextextended('spend ' || ?, 0))`, [id]);
      const ledger = new Ledger(await readHeld(sql, movements));
      const refusals = movements.map((movement) => ledger.move(movement));
      if (ledger.changes.size > 0) await sql.insert(totalUpsert, [...ledger.changes.values()].map(({ workspaceId, subject, period, spentUsd, reservedUsd }) => [workspaceId, subject, period, spentUsd, reservedUsd]));
      return refusals;
    });
  }

  /** Those that there are, of the subjects in any of the periods. */
  async totals(workspaceId: string, subjects: readonly string[], periods: readonly string[]): Promise<Total[]> {
    const where = { workspaceId, subject: { in: [...subjects] }, period: { in: [...periods] } };
    return (await this.database.prisma.spendTotal.findMany({ where })).map(toTotal);
  }

  /** Forgets what subjects came to of all time; what it counted for in days and months stays. */
  async forget(workspaceId: string, subjects: readonly string[]): Promise<void> {
    await this.database.prisma.spendTotal.deleteMany({ where: { workspaceId, subject: { in: [...subjects] }, period: '' } });
  }

  /** What each of the subjects came to from one day to another, both of them included. */
  async between(workspaceId: string, subjects: readonly string[], from: string, to: string): Promise<Omit<Total, 'period'>[]> {
    const rows = await this.database.prisma.spendTotal.groupBy({
      by: ['subject'],
      where: { workspaceId, subject: { in: [...subjects] }, period: { gte: from, lte: to } },
      _sum: { spentUsd: true, reservedUsd: true },
    });
    return rows.map(({ subject, _sum }) => ({ subject, spentUsd: _sum.spentUsd ?? 0, reservedUsd: _sum.reservedUsd ?? 0 }));
  }
}

/** Totals as they stand within one transaction. */
class Ledger {
  readonly changes = new Map<string, Total & { workspaceId: string }>();

  constructor(private readonly held: Map<string, number>) {}

  move({ workspaceId, accounts, spentUsd, reservedUsd, limits }: Movement): Refusal | undefined {
    for (const limit of limits) {
      const held = this.held.get(keyOf(workspaceId, limit)) ?? 0;
      if (held + spentUsd + reservedUsd > limit.limitUsd + tolerance) return { limit, leftUsd: Math.max(0, limit.limitUsd - held) };
    }
    for (const { subject, period } of accounts) {
      const key = keyOf(workspaceId, { subject, period });
      const before = this.changes.get(key);
      this.changes.set(key, { workspaceId, subject, period, spentUsd: (before?.spentUsd ?? 0) + spentUsd, reservedUsd: (before?.reservedUsd ?? 0) + reservedUsd });
      this.held.set(key, (this.held.get(key) ?? 0) + spentUsd + reservedUsd);
    }
    return undefined;
  }
}

async function readHeld(sql: SqlSession, movements: readonly Movement[]): Promise<Map<string, number>> {
  const held = new Map<string, number>();
  for (const { workspaceId, limits } of movements) {
    for (const limit of limits) {
      const key = keyOf(workspaceId, limit);
      if (held.has(key)) continue;
      const [total] = await sql.all<Total>(`SELECT ${totalColumns} FROM spend_total WHERE workspace_id = ? AND subject = ? AND period = ?`, [workspaceId, limit.subject, limit.period]);
      held.set(key, total ? total.spentUsd + total.reservedUsd : 0);
    }
  }
  return held;
}

function keyOf(workspaceId: string, { subject, period }: Account): string {
  return `${workspaceId} ${subject} ${period}`;
}

function toTotal({ subject, period, spentUsd, reservedUsd }: Total): Total {
  return { subject, period, spentUsd, reservedUsd };
}
