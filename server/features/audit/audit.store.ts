import { z } from 'zod';
import { type BulkInsert, type Database, type SqlSession, type SqlValue } from '../../database/database.js';
import { isAnyOf } from '../../database/is-any-of.js';
import { OrderedIds } from '../../ordered-ids.js';
import { type AuditEvent, auditActorTypes, auditOutcomes } from './audit.types.js';

/** What is written together: what happened, what begins, and what that has begun is over. */
export interface JournalEntry {
  events?: readonly AuditEvent[];
  begun?: { id: string; event: AuditEvent };
  settled?: string;
}

const entryTable: BulkInsert = {
  table: 'audit_entry',
  columns: {
    id: 'text',
    workspace_id: 'text',
    at: 'timestamp',
    actor_type: 'text',
    actor_id: 'text',
    actor_name: 'text',
    action: 'text',
    subject_type: 'text',
    subject_id: 'text',
    subject_name: 'text',
    before: 'text',
    after: 'text',
    outcome: 'text',
    code: 'text',
    address: 'text',
    user_agent: 'text',
    request_id: 'text',
    execution_id: 'text',
    delivery_id: 'text',
  },
};
const intentTable: BulkInsert = { table: 'audit_intent', columns: { id: 'text', workspace_id: 'text', at: 'timestamp', entry: 'text' } };

const text = z.string().optional();
const intentSchema: z.ZodType<AuditEvent> = z.object({
  workspaceId: z.string(),
  at: z.coerce.date(),
  actor: z.object({ type: z.enum(auditActorTypes), id: text, name: z.string() }),
  action: z.string(),
  subject: z.object({ type: z.string(), id: text, name: text }).optional(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  outcome: z.enum(auditOutcomes),
  code: text,
  origin: z.object({ address: text, userAgent: text, requestId: text }).optional(),
  executionId: text,
  deliveryId: text,
});

/** The log's own tables: rows are added, and read. */
export class AuditStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /** In one transaction. Each event, and each intent, names its workspace. */
  write(entries: readonly JournalEntry[]): Promise<void> {
    return this.database.write(async (sql) => {
      const begun = entries.flatMap(({ begun: one }) => one ?? []);
      if (begun.length > 0) await sql.insert(intentTable, begun.map(({ id, event }) => [id, event.workspaceId, event.at, JSON.stringify(event)]));
      await this.insert(sql, entries.flatMap(({ events = [] }) => events));
      await this.forget(sql, entries.flatMap(({ settled }) => settled ?? []));
    });
  }

  /**
   * Over all workspaces: what began before a time and is not over becomes an entry of unknown outcome.
   * @returns how many
   */
  settleAbandoned(begunBefore: Date): Promise<number> {
    return this.database.write(async (sql) => {
      const lock = this.database.engine === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
      const rows = await sql.all<{ id: string; entry: string }>(`SELECT id, entry FROM audit_intent WHERE at < ? ORDER BY at, id LIMIT 1000 ${lock}`, [begunBefore]);
      const events = rows.map(({ entry }) => intentSchema.parse(JSON.parse(entry)));
      await this.insert(sql, events.map((event) => ({ ...event, outcome: 'UNKNOWN' as const })));
      await this.forget(sql, rows.map(({ id }) => id));
      return rows.length;
    });
  }

  /** Whether the log tells of this action on this subject from this address. */
  async knowsAddress(workspaceId: string, action: string, subjectId: string, address: string): Promise<boolean> {
    const rows = await this.database.read<{ id: string }>('SELECT id FROM audit_entry WHERE workspace_id = ? AND subject_id = ? AND action = ? AND address = ? LIMIT 1', [
      workspaceId,
      subjectId,
      action,
      address,
    ]);
    return rows.length > 0;
  }

  private async insert(sql: SqlSession, events: readonly AuditEvent[]): Promise<void> {
    if (events.length > 0) await sql.insert(entryTable, events.map((event) => this.rowOf(event)));
  }

  private async forget(sql: SqlSession, intentIds: readonly string[]): Promise<void> {
    if (intentIds.length > 0) await sql.run(`DELETE FROM audit_intent WHERE id ${isAnyOf[this.database.engine]}`, [JSON.stringify(intentIds)]);
  }

  private rowOf({ workspaceId, at, actor, action, subject, before, after, outcome, code, origin, executionId, deliveryId }: AuditEvent): SqlValue[] {
    return [
      this.ids.next(at),
      workspaceId,
      at,
      actor.type,
      actor.id ?? null,
      storable(actor.name) ?? '',
      action,
      subject?.type ?? null,
      storable(subject?.id),
      storable(subject?.name),
      jsonOf(before),
      jsonOf(after),
      outcome,
      code ?? null,
      storable(origin?.address),
      storable(origin?.userAgent),
      origin?.requestId ?? null,
      executionId ?? null,
      deliveryId ?? null,
    ];
  }
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

/** What callers sent, as a column can hold it. */
function storable(given: string | undefined): string | null {
  return given === undefined ? null : given.replaceAll('\0', '').toWellFormed().slice(0, 300);
}
