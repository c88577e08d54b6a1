import { type Connection } from '../../../../schema/connection.js';
import { type Database } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';
import { containsText } from '../../../database/text-search.js';
import { isId } from '../../../input.js';
import { pageQuery, type PageRequest, toConnection } from '../../../pagination.js';
import { shownColumns, toContent, toDelivery } from './delivery-row.js';
import { type DeliveryContent, type DeliveryRecord, type LaunchState, type Verdict } from './delivery.types.js';

export interface DeliverySearch {
  triggerId?: string | undefined;
  verdicts?: readonly Verdict[] | undefined;
  state?: LaunchState | undefined;
  search?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

export class DeliveryStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(workspaceId: string, search: DeliverySearch, page: PageRequest): Promise<Connection<DeliveryRecord>> {
    const { where, ...query } = pageQuery(page);
    const { triggerId, verdicts, state, from, to } = search;
    const found = search.search === undefined ? undefined : await this.idsWith(workspaceId, search.search, search, where.id?.lt, query.take);
    const rows = await this.database.prisma.delivery.findMany({
      ...query,
      where: {
        AND: [where, found ? { id: { in: found } } : {}],
        workspaceId,
        ...(triggerId && { triggerId }),
        ...(verdicts && { verdict: { in: [...verdicts] } }),
        ...(state && { state }),
        ...((from ?? to) && { receivedAt: { ...(from && { gte: from }), ...(to && { lt: to }) } }),
      },
      select: shownColumns,
    });
    return toConnection(rows, page, toDelivery);
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<DeliveryRecord[]> {
    const rows = await this.database.prisma.delivery.findMany({ where: { workspaceId, id: { in: [...ids] } }, select: shownColumns });
    return rows.map(toDelivery);
  }

  async contents(workspaceId: string, ids: readonly string[]): Promise<Map<string, DeliveryContent>> {
    const rows = await this.database.prisma.delivery.findMany({ where: { workspaceId, id: { in: [...ids] } }, select: { id: true, body: true, values: true } });
    return new Map(rows.map((row) => [row.id, toContent(row)]));
  }

  /** The newest delivery of each trigger that has one. */
  latest(workspaceId: string, triggerIds: readonly string[]): Promise<DeliveryRecord[]> {
    return this.newest(workspaceId, triggerIds, Prisma.empty);
  }

  /** The newest of each trigger that launched something, as far as its deliveries are kept. */
  latestLaunched(workspaceId: string, triggerIds: readonly string[]): Promise<DeliveryRecord[]> {
    return this.newest(workspaceId, triggerIds, Prisma.sql`AND state = 'LAUNCHED'`);
  }

  private async newest(workspaceId: string, triggerIds: readonly string[], condition: Prisma.Sql): Promise<DeliveryRecord[]> {
    if (triggerIds.length === 0) return [];
    const rows = await this.database.prisma.$queryRaw<{ id: string | null }[]>(
      Prisma.sql`SELECT (SELECT id FROM delivery WHERE trigger_id = trigger.id ${condition} ORDER BY id DESC LIMIT 1) AS id FROM trigger WHERE workspace_id = ${workspaceId} AND id IN (${Prisma.join([...triggerIds])})`,
    );
    return this.findMany(workspaceId, rows.flatMap(({ id }) => id ?? []));
  }

  /** How many of each trigger's deliveries are dead. */
  async deadCounts(workspaceId: string, triggerIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.prisma.delivery.groupBy({ by: ['triggerId'], where: { workspaceId, triggerId: { in: [...triggerIds] }, state: 'DEAD' }, _count: true });
    return new Map(rows.map(({ triggerId, _count }) => [triggerId, _count]));
  }

  /** Over all workspaces: the id is a job's. */
  async findRetrying(id: string): Promise<DeliveryRecord | undefined> {
    const row = await this.database.prisma.delivery.findFirst({ where: { id, state: 'RETRYING' }, select: shownColumns });
    return row ? toDelivery(row) : undefined;
  }

  /** Over all workspaces, as a sweep needs them: ids of launches that are due again, the longest overdue first. */
  async overdue(before: Date, limit: number): Promise<string[]> {
    const rows = await this.database.prisma.delivery.findMany({ where: { state: 'RETRYING', retryAt: { lt: before } }, orderBy: { retryAt: 'asc' }, take: limit, select: { id: true } });
    return rows.map(({ id }) => id);
  }

  /** A dead delivery waits for its launch again. */
  async revive(workspaceId: string, id: string): Promise<void> {
    await this.database.prisma.delivery.updateMany({ where: { id, workspaceId, state: 'DEAD' }, data: { state: 'RETRYING', retryAt: new Date() } });
  }

  private async idsWith(workspaceId: string, search: string, { triggerId }: DeliverySearch, before: string | undefined, take: number): Promise<string[]> {
    const exact = isId(search) ? Prisma.sql`OR id = ${search} OR execution_id = ${search}` : Prisma.empty;
    const body = this.database.engine === 'postgres' ? Prisma.sql`position(convert_to(${search}, 'UTF8') in body) > 0` : Prisma.sql`instr(body, CAST(${search} AS BLOB)) > 0`;
    const within = triggerId === undefined ? Prisma.empty : Prisma.sql`AND trigger_id = ${triggerId}`;
    const older = before === undefined ? Prisma.empty : Prisma.sql`AND id < ${before}`;
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT id FROM delivery WHERE workspace_id = ${workspaceId} ${within} ${older}
        AND (${containsText(this.database.engine, ['source', 'reason', 'headers', 'launch_error'], search)} OR ${body} ${exact}) ORDER BY id DESC LIMIT ${take}`,
    );
    return rows.map(({ id }) => id);
  }
}
