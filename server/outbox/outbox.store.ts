import { z } from 'zod';
import { type Database } from '../database/database.js';
import { type Prisma } from '../database/generated/sqlite/client.js';
import { type ProductEvents, type ProductEventType } from './outbox.js';

export interface OutboxEvent {
  id: string;
  workspaceId: string;
  type: string;
  subject: Record<string, unknown>;
  depth: number;
  at: Date;
}

interface Row extends Omit<OutboxEvent, 'subject' | 'at'> {
  subject: string;
  at: number;
}

const subjectSchema = z.record(z.string(), z.unknown());

const claimSql = (lock: string) => `UPDATE outbox_event SET claimed_until = ? WHERE id IN
  (SELECT id FROM outbox_event WHERE claimed_until IS NULL OR claimed_until < ? ORDER BY id LIMIT ? ${lock}) RETURNING id, workspace_id AS "workspaceId", type, subject, depth, at`;

/** What has happened and triggers have not been told of. Over all workspaces: whoever tells them serves all. */
export class OutboxStore {
  constructor(private readonly database: Database) {}

  /** Takes the oldest that nobody is at. Should this process die, another takes them after `until`. */
  async claim(now: Date, until: Date, limit: number): Promise<OutboxEvent[]> {
    const lock = this.database.engine === 'postgres' ? 'FOR UPDATE SKIP LOCKED' : '';
    const rows = await this.database.write((sql) => sql.all<Row>(claimSql(lock), [until, now, limit]));
    return rows.map((row) => ({ ...row, subject: subjectSchema.parse(JSON.parse(row.subject)), at: new Date(row.at) })).sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  async remove(id: string): Promise<void> {
    await this.database.write((sql) => sql.run('DELETE FROM outbox_event WHERE id = ?', [id]));
  }
}

/** Keeps what has happened, in the transaction of Prisma that it happens in, until the triggers that wait for it have been told. */
export async function addToOutbox<Type extends ProductEventType>(tx: Prisma.TransactionClient, workspaceId: string, type: Type, subject: ProductEvents[Type], at: Date): Promise<void> {
  const awaited = await tx.trigger.findFirst({ where: { workspaceId, type: 'EVENT', active: true, deletedAt: null }, select: { id: true } });
  if (awaited) await tx.outboxEvent.create({ data: { workspaceId, type, subject: JSON.stringify(subject), at } });
}
