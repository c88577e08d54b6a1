import { z } from 'zod';
import { type Database } from '../../../database/database.js';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { type ProviderKindName } from '../kinds/registry.js';

const kindSchema: z.ZodType<ProviderKindName> = z.enum(['OPENAI', 'ANTHROPIC', 'GOOGLE', 'OPENAI_COMPATIBLE']);
const modelsSchema = z.array(z.string());
const testSchema = z.object({ ok: z.boolean(), message: z.string(), at: z.coerce.date() });

export type CredentialTestRecord = z.infer<typeof testSchema>;

export interface CredentialRecord {
  id: string;
  workspaceId: string;
  name: string;
  slug: string;
  provider: ProviderKindName;
  baseUrl: string;
  encryptedKey: string;
  fingerprint: string;
  /** Empty: those that are usual there, and any other name is passed on. */
  models: string[];
  requestsPerMinute: number | null;
  tokensPerMinute: number | null;
  createdById: string;
  createdAt: Date;
  rotatedAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  lastTest: CredentialTestRecord | null;
}

export type NewCredential = Pick<CredentialRecord, 'name' | 'slug' | 'provider' | 'baseUrl' | 'encryptedKey' | 'fingerprint' | 'models' | 'requestsPerMinute' | 'tokensPerMinute' | 'createdById'>;

/** What may change of one that is not revoked. */
export type CredentialChange = Partial<Pick<CredentialRecord, 'name' | 'baseUrl' | 'encryptedKey' | 'fingerprint' | 'models' | 'requestsPerMinute' | 'tokensPerMinute' | 'rotatedAt' | 'lastTest'>>;

export class CredentialStore {
  constructor(private readonly database: Database) {}

  /** @returns undefined when another one, not revoked, has the slug */
  async create(workspaceId: string, { models, ...credential }: NewCredential): Promise<CredentialRecord | undefined> {
    try {
      const data = { workspaceId, ...credential, models: JSON.stringify(models) };
      return toRecord(await this.database.prisma.providerCredential.create({ data }));
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** Oldest first, revoked ones too. */
  async list(workspaceId: string): Promise<CredentialRecord[]> {
    return (await this.database.prisma.providerCredential.findMany({ where: { workspaceId }, orderBy: { id: 'asc' } })).map(toRecord);
  }

  async find(workspaceId: string, id: string): Promise<CredentialRecord | undefined> {
    const row = await this.database.prisma.providerCredential.findFirst({ where: { id, workspaceId } });
    return row ? toRecord(row) : undefined;
  }

  /** Those that are not revoked: all, or the one with this slug. */
  async active(workspaceId: string, slug?: string): Promise<CredentialRecord[]> {
    const where = { workspaceId, revokedAt: null, ...(slug !== undefined && { slug }) };
    return (await this.database.prisma.providerCredential.findMany({ where, orderBy: { id: 'asc' } })).map(toRecord);
  }

  /** @returns undefined when the workspace has no such credential, or it is revoked */
  async update(workspaceId: string, id: string, { models, lastTest, ...change }: CredentialChange): Promise<CredentialRecord | undefined> {
    const data = { ...change, ...(models && { models: JSON.stringify(models) }), ...(lastTest !== undefined && { lastTest: lastTest === null ? null : JSON.stringify(lastTest) }) };
    const { count } = await this.database.prisma.providerCredential.updateMany({ where: { id, workspaceId, revokedAt: null }, data });
    return count === 0 ? undefined : this.find(workspaceId, id);
  }

  /** Takes the key away for good, and frees the slug. One that was revoked before stays as it is. */
  async revoke(workspaceId: string, { id, slug }: CredentialRecord, revokedAt: Date): Promise<CredentialRecord | undefined> {
    await this.database.prisma.providerCredential.updateMany({
      where: { id, workspaceId, revokedAt: null },
      data: { revokedAt, encryptedKey: '', slug: `${slug}${freed}${id}` },
    });
    return this.find(workspaceId, id);
  }

  async noteUse(workspaceId: string, id: string, lastUsedAt: Date): Promise<void> {
    await this.database.prisma.providerCredential.updateMany({ where: { id, workspaceId }, data: { lastUsedAt } });
  }
}

/** No slug holds it; what follows keeps the column unique. */
const freed = '~';

function toRecord({ slug, provider, models, lastTest, ...row }: Prisma.ProviderCredentialModel): CredentialRecord {
  return {
    ...row,
    slug: slug.split(freed, 1).join(''),
    provider: kindSchema.parse(provider),
    models: modelsSchema.parse(JSON.parse(models)),
    lastTest: lastTest === null ? null : testSchema.parse(JSON.parse(lastTest)),
  };
}
