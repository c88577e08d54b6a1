import { type Connection } from '../../../schema/connection.js';
import { type Database } from '../../database/database.js';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { containsText } from '../../database/text-search.js';
import { OrderedIds } from '../../ordered-ids.js';
import { pageQuery, type PageRequest, toConnection } from '../../pagination.js';
import { toTrigger } from './trigger-row.js';
import { type TriggerRecord, type TriggerTypeName } from './trigger.types.js';
import { type TriggerColumns } from './types/trigger-type.js';

/** What of a trigger its owner decides. */
export type TriggerFields = Pick<TriggerRecord, 'workflowId' | 'name' | 'settings' | 'mapping' | 'branch' | 'promptLabel' | 'overlap' | 'maxRuns' | 'ratePerMinute'>;

export interface NewTrigger extends TriggerFields {
  id: string;
  type: TriggerTypeName;
  active: boolean;
  createdById: string;
}

export interface TriggerSearch {
  workflowId?: string | undefined;
  type?: TriggerTypeName | undefined;
  state?: 'ACTIVE' | 'PAUSED' | 'ALARM' | undefined;
  search?: string | undefined;
}

const states = { ACTIVE: { active: true, alarmSince: null }, PAUSED: { active: false }, ALARM: { active: true, alarmSince: { not: null } } };

/** Triggers that have not been deleted. */
export class TriggerStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  newId(at: Date): string {
    return this.ids.next(at);
  }

  async create(workspaceId: string, { settings, mapping, ...trigger }: NewTrigger, columns: TriggerColumns): Promise<TriggerRecord> {
    const data = { ...trigger, ...toNulls(columns), ...optional(trigger), settings: JSON.stringify(settings), mapping: JSON.stringify(mapping), workspaceId };
    return toTrigger(await this.database.prisma.trigger.create({ data }));
  }

  /** @returns undefined where it is not at this revision any more */
  async save(workspaceId: string, { id, revision }: Pick<TriggerRecord, 'id' | 'revision'>, fields: TriggerFields, columns: TriggerColumns): Promise<TriggerRecord | undefined> {
    const { settings, mapping, ...rest } = fields;
    return this.change(workspaceId, { id, revision }, columns, { ...rest, ...optional(rest), settings: JSON.stringify(settings), mapping: JSON.stringify(mapping) });
  }

  /** The same, of what its owner does not write. */
  async change(
    workspaceId: string,
    { id, revision }: Pick<TriggerRecord, 'id' | 'revision'>,
    columns: TriggerColumns,
    more: Prisma.TriggerUncheckedUpdateManyInput,
  ): Promise<TriggerRecord | undefined> {
    const { count } = await this.database.prisma.trigger.updateMany({ where: { id, workspaceId, revision, deletedAt: null }, data: { ...toNulls(columns), ...more, revision: revision + 1, updatedAt: new Date() } });
    if (count === 0) return undefined;
    return toTrigger(await this.database.prisma.trigger.findFirstOrThrow({ where: { id, workspaceId } }));
  }

  /** Whoever edits it meanwhile is not in the way, so that its revision stays. @throws where it is not there */
  async setListening(workspaceId: string, id: string, listeningUntil: Date | null): Promise<TriggerRecord> {
    return toTrigger(await this.database.prisma.trigger.update({ where: { id, workspaceId }, data: { listeningUntil } }));
  }

  async find(workspaceId: string, id: string): Promise<TriggerRecord | undefined> {
    return (await this.findMany(workspaceId, [id]))[0];
  }

  /** Which of these there are. */
  async existing(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    return new Set((await this.findMany(workspaceId, ids)).map(({ id }) => id));
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<TriggerRecord[]> {
    const rows = await this.database.prisma.trigger.findMany({ where: { workspaceId, id: { in: [...ids] }, deletedAt: null } });
    return rows.map(toTrigger);
  }

  /** Those that wait for events, and are not paused. */
  async listening(workspaceId: string): Promise<TriggerRecord[]> {
    const rows = await this.database.prisma.trigger.findMany({ where: { workspaceId, type: 'EVENT', active: true, deletedAt: null } });
    return rows.map(toTrigger);
  }

  /** Deleted ones too, for what refers to them. */
  async findEver(workspaceId: string, ids: readonly string[]): Promise<TriggerRecord[]> {
    const rows = await this.database.prisma.trigger.findMany({ where: { workspaceId, id: { in: [...ids] } } });
    return rows.map(toTrigger);
  }

  /** Over all workspaces: the address of a request says no more than the id. */
  async findAnywhere(id: string): Promise<TriggerRecord | undefined> {
    const row = await this.database.prisma.trigger.findFirst({ where: { id, deletedAt: null } });
    return row ? toTrigger(row) : undefined;
  }

  /** Newest first. */
  async list(workspaceId: string, { workflowId, type, state, search }: TriggerSearch, page: PageRequest): Promise<Connection<TriggerRecord>> {
    const { where, ...query } = pageQuery(page);
    const named = search === undefined ? undefined : await this.idsNamed(workspaceId, search);
    const rows = await this.database.prisma.trigger.findMany({
      ...query,
      where: { AND: [where, named ? { id: { in: named } } : {}], workspaceId, deletedAt: null, ...(workflowId && { workflowId }), ...(type && { type }), ...(state && states[state]) },
    });
    return toConnection(rows, page, toTrigger);
  }

  /** By the workflow's id, newest first. */
  async ofWorkflows(workspaceId: string, workflowIds: readonly string[]): Promise<TriggerRecord[]> {
    const rows = await this.database.prisma.trigger.findMany({ where: { workspaceId, workflowId: { in: [...workflowIds] }, deletedAt: null }, orderBy: { id: 'desc' } });
    return rows.map(toTrigger);
  }

  private async idsNamed(workspaceId: string, search: string): Promise<string[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string }[]>(
      Prisma.sql`SELECT id FROM trigger WHERE workspace_id = ${workspaceId} AND deleted_at IS NULL AND ${containsText(this.database.engine, ['name'], search)}`,
    );
    return rows.map(({ id }) => id);
  }
}

/** What is given and undefined is taken away. */
function toNulls(columns: TriggerColumns) {
  return Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, value ?? null]));
}

function optional({ branch, promptLabel, ratePerMinute }: Pick<TriggerFields, 'branch' | 'promptLabel' | 'ratePerMinute'>) {
  return { branch: branch ?? null, promptLabel: promptLabel ?? null, ratePerMinute: ratePerMinute ?? null };
}
