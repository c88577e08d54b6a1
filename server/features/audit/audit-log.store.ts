import { z } from 'zod';
import { type Database, type Engine } from '../../database/database.js';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { containsText } from '../../database/text-search.js';
import { firstIdAt } from '../../ordered-ids.js';
import { type AuditFilter } from './audit-filter.js';
import { type AuditEntryRecord, auditActorTypes, auditOutcomes } from './audit.types.js';

/** An id is made within this time of its entry. */
const idToleranceMs = 60 * 60_000;

const columns = [
  'id', 'workspaceId', 'at', 'actorType', 'actorId', 'actorName', 'action', 'subjectType', 'subjectId', 'subjectName', 'before', 'after', 'outcome', 'code', 'address',
  'userAgent', 'requestId', 'executionId', 'deliveryId',
] as const satisfies (keyof AuditEntryRecord)[];
const selected = Prisma.raw(columns.map((column) => `${column.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} AS "${column}"`).join(', '));

/** Times as a raw query gives them: in milliseconds since 1970, or as Prisma does. */
type Row = Omit<AuditEntryRecord, 'at' | 'before' | 'after'> & { at: Date | number | bigint; before: string | null; after: string | null };

const storedSchema = z.object({ actorType: z.enum(auditActorTypes), outcome: z.enum(auditOutcomes) });

/** The log as it is read: newest first, in one statement. */
export class AuditLogStore {
  constructor(private readonly database: Database) {}

  /** @param before the id that the page comes after; @param limit how many at most */
  async page(workspaceId: string, filter: AuditFilter, before: string | undefined, limit: number): Promise<AuditEntryRecord[]> {
    const conditions = conditionsOf(this.database.engine, workspaceId, filter);
    if (before !== undefined) conditions.push(Prisma.sql`id < ${before}`);
    const rows = await this.database.prisma.$queryRaw<Row[]>(
      Prisma.sql`SELECT ${selected} FROM audit_entry WHERE ${Prisma.join(conditions, ' AND ')} ORDER BY id DESC LIMIT ${limit}`,
    );
    return rows.map(toRecord);
  }

  async find(workspaceId: string, id: string): Promise<AuditEntryRecord | undefined> {
    const [row] = await this.database.prisma.$queryRaw<Row[]>(Prisma.sql`SELECT ${selected} FROM audit_entry WHERE workspace_id = ${workspaceId} AND id = ${id}`);
    return row && toRecord(row);
  }
}

function conditionsOf(engine: Engine, workspaceId: string, filter: AuditFilter): Prisma.Sql[] {
  const { actorType, actorId, action, subjectType, subjectId, from, to, outcome, search } = filter;
  return [
    Prisma.sql`workspace_id = ${workspaceId}`,
    ...(actorType === undefined ? [] : [Prisma.sql`actor_type = ${actorType}`]),
    ...(actorId === undefined ? [] : [Prisma.sql`actor_id = ${actorId}`]),
    ...(action === undefined ? [] : [doing(action)]),
    ...(subjectType === undefined ? [] : [Prisma.sql`subject_type = ${subjectType}`]),
    ...(subjectId === undefined ? [] : [Prisma.sql`subject_id = ${subjectId}`]),
    ...(outcome === undefined ? [] : [Prisma.sql`outcome = ${outcome}`]),
    // The ids narrow what is read, since they come in the order of time; the time itself decides.
    ...(from ? [Prisma.sql`id >= ${firstIdAt(from.getTime() - idToleranceMs)} AND at >= ${from}`] : []),
    ...(to ? [Prisma.sql`id < ${firstIdAt(to.getTime() + idToleranceMs)} AND at < ${to}`] : []),
    ...(search === '' ? [] : [containsText(engine, ['actor_name', 'subject_name', 'action', 'address', 'subject_id', 'execution_id'], search)]),
  ];
}

function doing(action: string): Prisma.Sql {
  if (!action.endsWith('*')) return Prisma.sql`action = ${action}`;
  const beginning = action.slice(0, -1);
  return Prisma.sql`substr(action, 1, ${beginning.length}) = ${beginning}`;
}

function toRecord({ at, before, after, ...row }: Row): AuditEntryRecord {
  return { ...row, ...storedSchema.parse(row), at: at instanceof Date ? at : new Date(Number(at)), before: parsed(before), after: parsed(after) };
}

function parsed(json: string | null): unknown {
  return json === null ? null : (JSON.parse(json) as unknown);
}
