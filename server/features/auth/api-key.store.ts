import { z } from 'zod';
import { type Database } from '../../database/database.js';
import { pageQuery, type PageRequest } from '../../pagination.js';

export interface ApiKeyRow {
  id: string;
  name: string;
  prefix: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** Null: it may do what an editor may. */
  triggerIds: string[] | null;
}

export interface NewApiKey extends Pick<ApiKeyRow, 'name' | 'prefix' | 'expiresAt' | 'triggerIds'> {
  createdById: string;
  secretHash: string;
}

const shown = { id: true, name: true, prefix: true, createdAt: true, expiresAt: true, lastUsedAt: true, revokedAt: true, triggerIds: true } as const;

const triggerIdsSchema = z.array(z.string());

export class ApiKeyStore {
  constructor(private readonly database: Database) {}

  async create(workspaceId: string, { triggerIds, ...key }: NewApiKey): Promise<ApiKeyRow> {
    const row = await this.database.prisma.apiKey.create({ data: { workspaceId, ...key, triggerIds: triggerIds && JSON.stringify(triggerIds) }, select: shown });
    return toKey(row);
  }

  /** One row more than the page asks for. */
  async list(workspaceId: string, page: PageRequest): Promise<ApiKeyRow[]> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.apiKey.findMany({ ...query, where: { ...where, workspaceId }, select: shown });
    return rows.map(toKey);
  }

  /** @returns undefined when the workspace has no such key; `revokedNow` is false for one that was revoked before */
  async revoke(workspaceId: string, id: string, now: Date): Promise<{ key: ApiKeyRow; revokedNow: boolean } | undefined> {
    const { count } = await this.database.prisma.apiKey.updateMany({ where: { id, workspaceId, revokedAt: null }, data: { revokedAt: now } });
    const key = await this.database.prisma.apiKey.findFirst({ where: { id, workspaceId }, select: shown });
    return key ? { key: toKey(key), revokedNow: count === 1 } : undefined;
  }

  async find(workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
    const key = await this.database.prisma.apiKey.findFirst({ where: { id, workspaceId }, select: shown });
    return key ? toKey(key) : undefined;
  }

  /** Over all workspaces: the key is what tells which one. */
  async findBySecretHash(secretHash: string): Promise<(ApiKeyRow & { workspaceId: string; createdById: string }) | undefined> {
    const key = await this.database.prisma.apiKey.findUnique({ where: { secretHash }, select: { ...shown, workspaceId: true, createdById: true } });
    return key ? toKey(key) : undefined;
  }

  async noteUse(workspaceId: string, id: string, now: Date): Promise<void> {
    await this.database.prisma.apiKey.updateMany({ where: { id, workspaceId }, data: { lastUsedAt: now } });
  }
}

function toKey<Row extends { triggerIds: string | null }>(row: Row): Omit<Row, 'triggerIds'> & Pick<ApiKeyRow, 'triggerIds'> {
  return { ...row, triggerIds: row.triggerIds === null ? null : triggerIdsSchema.parse(JSON.parse(row.triggerIds)) };
}
