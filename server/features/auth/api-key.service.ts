import { z } from 'zod';
import { type Connection } from '../../../schema/connection.js';
import { NotFoundError, UnauthenticatedError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { isId, parseInput, text } from '../../input.js';
import { type PageRequest, toConnection } from '../../pagination.js';
import { type ApiKeyRow, type ApiKeyStore } from './api-key.store.js';
import { type Identity } from './identity.js';
import { randomSecret, type SecretHasher } from './secret-hasher.js';

const mark = 'pp_';
const prefixLength = 11;
const usageEveryMs = 60_000;

export function isApiKey(token: string): boolean {
  return token.startsWith(mark);
}

/** Keys that programs call the API with. Only a hash of each is kept. */
export class ApiKeyService {
  private readonly inputSchema = z.object({
    name: text(100),
    expiresAt: z.date().refine((time) => time > this.now(), 'Choose a time that is still to come.').nullish(),
  });

  constructor(
    private readonly store: ApiKeyStore,
    private readonly hasher: SecretHasher,
    private readonly bus: EventBus,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** @returns the key and its secret, which can't be read again */
  async create(identity: Identity, input: { name: string; expiresAt?: Date | null }): Promise<{ apiKey: ApiKeyRow; secret: string }> {
    const { name, expiresAt } = parseInput(this.inputSchema, input, 'input');
    const secret = mark + randomSecret();
    const apiKey = await this.store.create(identity.workspaceId, {
      createdById: identity.userId,
      name,
      prefix: secret.slice(0, prefixLength),
      secretHash: this.hasher.hash('api-key', secret),
      expiresAt: expiresAt ?? null,
    });
    return { apiKey, secret };
  }

  /** Newest first, revoked and expired ones too. */
  async list(identity: Identity, page: PageRequest): Promise<Connection<ApiKeyRow>> {
    return toConnection(await this.store.list(identity.workspaceId, page), page, (row) => row);
  }

  /** Revoking one again changes nothing. */
  async revoke(identity: Identity, id: string): Promise<ApiKeyRow> {
    const revoked = isId(id) ? await this.store.revoke(identity.workspaceId, id, this.now()) : undefined;
    if (!revoked) throw new NotFoundError('API key');
    if (revoked.revokedNow) this.bus.publish('access.revoked', { credentialId: id });
    return revoked.key;
  }

  /** @throws UnauthenticatedError when there is no such key, or it was revoked or has expired */
  async authenticate(secret: string): Promise<Identity> {
    const key = await this.store.findBySecretHash(this.hasher.hash('api-key', secret));
    const now = this.now();
    if (!key) throw new UnauthenticatedError('There is no such API key. Check that it was copied whole.');
    if (key.revokedAt) throw new UnauthenticatedError('This API key has been revoked. Use another one.');
    if (key.expiresAt && key.expiresAt <= now) throw new UnauthenticatedError('This API key has expired. Make a new one.');
    if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= usageEveryMs) {
      await this.store.noteUse(key.workspaceId, key.id, now);
    }
    return { userId: key.createdById, workspaceId: key.workspaceId, role: 'EDITOR', via: 'apiKey', apiKeyId: key.id };
  }
}
