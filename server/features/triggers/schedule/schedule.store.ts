import { type Database, type SqlSession } from '../../../database/database.js';
import { Outbox } from '../../../outbox/outbox.js';
import { fromRaw, type RawTrigger, toTrigger, triggerColumns } from '../trigger-row.js';
import { type TriggerRecord } from '../trigger.types.js';

export interface NextTimes {
  nextDueAt: Date;
  nextFireAt: Date;
}

const isWaiting = `active = TRUE AND deleted_at IS NULL AND type = 'SCHEDULED'`;

/** The schedules of all workspaces, as the scheduler sees them. */
export class ScheduleStore {
  private readonly outbox: Outbox;

  /** @param onAwaited is told when a schedule is late and a trigger waits for that */
  constructor(
    private readonly database: Database,
    private readonly onAwaited: () => void,
  ) {
    this.outbox = new Outbox(database.engine);
  }

  /**
   * Takes schedules whose time has come, those that have waited longest first. They are hidden from other takers until the lease ends, which makes up for
   * a taker that dies; what is launched twice nevertheless is told by its due time.
   */
  async takeDue(now: Date, leaseEndsAt: Date, limit: number): Promise<TriggerRecord[]> {
    const locked = this.database.engine === 'postgres' ? ' FOR UPDATE SKIP LOCKED' : '';
    const taken = await this.database.write((sql) =>
      sql.all<RawTrigger>(
        `UPDATE trigger SET next_fire_at = ? WHERE id IN (SELECT id FROM trigger WHERE next_fire_at <= ? AND ${isWaiting} ORDER BY next_fire_at LIMIT ?${locked}) RETURNING ${triggerColumns}`,
        [leaseEndsAt, now, limit],
      ),
    );
    return taken.map(fromRaw).sort((one, other) => (one.nextDueAt?.getTime() ?? 0) - (other.nextDueAt?.getTime() ?? 0));
  }

  /** @returns when the next schedule is to be looked at; undefined where none waits */
  async nextFireAt(): Promise<Date | undefined> {
    const [row] = await this.database.read<{ at: number | null }>(`SELECT min(next_fire_at) AS at FROM trigger WHERE next_fire_at IS NOT NULL AND ${isWaiting}`, []);
    return row?.at === null || row?.at === undefined ? undefined : new Date(Number(row.at));
  }

  /** Moves a schedule on within the transaction that stores a due time of it, unless it was moved, changed or paused meanwhile. */
  async moveOn(sql: SqlSession, { id, nextDueAt }: TriggerRecord, next: NextTimes, firedAt: Date | undefined): Promise<void> {
    await sql.run(`UPDATE trigger SET next_due_at = ?, next_fire_at = ?, last_fired_at = coalesce(?, last_fired_at), alarm_since = NULL, alarm = NULL WHERE id = ? AND next_due_at = ? AND ${isWaiting}`, [
      next.nextDueAt,
      next.nextFireAt,
      firedAt ?? null,
      id,
      nextDueAt ?? null,
    ]);
  }

  /** Sets the times of a schedule that turned out not to be due. */
  async putOff(trigger: TriggerRecord, { nextDueAt, nextFireAt }: NextTimes): Promise<void> {
    await this.database.write((sql) => sql.run(`UPDATE trigger SET next_due_at = ?, next_fire_at = ? WHERE id = ? AND next_due_at = ? AND ${isWaiting}`, [nextDueAt, nextFireAt, trigger.id, trigger.nextDueAt ?? null]));
  }

  /** Schedules that should have been launched before an instant, were not, and are not known to be late. */
  async late(before: Date, limit: number): Promise<TriggerRecord[]> {
    const rows = await this.database.prisma.trigger.findMany({
      where: { type: 'SCHEDULED', active: true, deletedAt: null, alarmSince: null, nextDueAt: { lt: before } },
      take: limit,
    });
    return rows.map(toTrigger);
  }

  async alarmCount(): Promise<number> {
    return this.database.prisma.trigger.count({ where: { type: 'SCHEDULED', active: true, deletedAt: null, alarmSince: { not: null } } });
  }

  /** @returns whether it was raised by this call */
  async raiseAlarm({ id: triggerId, workspaceId, workflowId, name }: TriggerRecord, dueAt: Date, at: Date, alarm: string): Promise<boolean> {
    const subject = { triggerId, name, workflowId, dueAt: dueAt.toISOString() };
    const { raised, awaited } = await this.database.write(async (sql) => {
      const raised = (await sql.run(`UPDATE trigger SET alarm_since = ?, alarm = ? WHERE id = ? AND next_due_at = ? AND alarm_since IS NULL AND ${isWaiting}`, [at, alarm, triggerId, dueAt])) === 1;
      return { raised, awaited: raised && (await this.outbox.add(sql, { workspaceId, type: 'schedule.late', subject, at })) };
    });
    if (awaited) this.onAwaited();
    return raised;
  }
}
