import { type Database } from '../../database/database.js';
import { isUniqueViolation } from '../../database/unique-violation.js';

export interface SecretRecord {
  id: string;
  workspaceId: string;
  name: string;
  encryptedValue: string;
  fingerprint: string;
  createdById: string;
  createdAt: Date;
  /** When its value was given. */
  updatedAt: Date;
}

export type SealedValue = Pick<SecretRecord, 'encryptedValue' | 'fingerprint'>;

export class SecretStore {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the workspace has one of this name */
  async create(workspaceId: string, secret: SealedValue & Pick<SecretRecord, 'name' | 'createdById'>): Promise<SecretRecord | undefined> {
    try {
      return await this.database.prisma.secret.create({ data: { workspaceId, ...secret } });
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** By name. */
  list(workspaceId: string): Promise<SecretRecord[]> {
    return this.database.prisma.secret.findMany({ where: { workspaceId }, orderBy: { name: 'asc' } });
  }

  async names(workspaceId: string): Promise<string[]> {
    return (await this.database.prisma.secret.findMany({ where: { workspaceId }, select: { name: true }, orderBy: { name: 'asc' } })).map(({ name }) => name);
  }

  byNames(workspaceId: string, names: readonly string[]): Promise<SecretRecord[]> {
    return this.database.prisma.secret.findMany({ where: { workspaceId, name: { in: [...names] } } });
  }

  async find(workspaceId: string, id: string): Promise<SecretRecord | undefined> {
    return (await this.database.prisma.secret.findFirst({ where: { id, workspaceId } })) ?? undefined;
  }

  /** @returns undefined when there is no such secret any more */
  async replace(workspaceId: string, id: string, value: SealedValue): Promise<SecretRecord | undefined> {
    const { count } = await this.database.prisma.secret.updateMany({ where: { id, workspaceId }, data: value });
    return count === 0 ? undefined : this.find(workspaceId, id);
  }

  async delete(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.prisma.secret.deleteMany({ where: { id, workspaceId } })).count > 0;
  }
}
