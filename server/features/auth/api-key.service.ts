import { z } from 'zod';
import { type Connection } from '../../../schema/connection.js';
import { NotFoundError, UnauthenticatedError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { isId, parseInput, text } from '../../input.js';
import { type PageRequest, toConnection } from '../../pagination.js';
import { type AccessOrigin, type AccessTrail, noTrail } from './access-trail.js';
import { type ApiKeyRow, type ApiKeyStore } from './api-key.store.js';
import { type Identity } from './identity.js';
import { randomSecret, type SecretHasher } from './secret-hasher.js';

const mark = 'pp_';
const prefixLength = 11;
const usageEveryMs = 60_000;
const mostTriggers = 100;

/** Those of the ids that are triggers of the workspace. Triggers are a later feature's, which gives this. */
export type KnownTriggers = (workspaceId: string, ids: readonly string[]) => Promise<ReadonlySet<string>>;

export interface NewApiKeyInput {
  name: string;
  expiresAt?: Date | null;
  triggerIds?: string[] | null;
}

export function isApiKey(token: string): boolean {
  return token.startsWith(mark);
}

/** Keys that programs call the API with. Only a hash of each is kept. */
export class ApiKeyService {
  private readonly inputSchema = z.object({
    name: text(100),
    expiresAt: z.date().refine((time) => time > this.now(), 'Choose a time that is still to come.').nullish(),
    triggerIds: z
      .array(z.string())
      .min(1, 'Choose the triggers that the key may fire, or leave this out for a key that may do what an editor may.')
      .max(mostTriggers, `Choose up to ${mostTriggers} triggers.`)
      .transform((ids) => [...new Set(ids)])
      .nullish(),
  });

  constructor(
    private readonly store: ApiKeyStore,
    private readonly hasher: SecretHasher,
    private readonly bus: EventBus,
    private readonly knownTriggers: KnownTriggers,
    private readonly now: () => Date = () => new Date(),
    private readonly trail: AccessTrail = noTrail,
  ) {}

  /**
   * @returns the key and its secret, which can't be read again
   * @throws NotFoundError where it is to be limited to a trigger that the workspace does not have
   */
  async create(identity: Identity, input: NewApiKeyInput): Promise<{ apiKey: ApiKeyRow; secret: string }> {
    const { name, expiresAt, triggerIds } = parseInput(this.inputSchema, input, 'input');
    if (triggerIds) await this.checkTriggers(identity.workspaceId, triggerIds);
    const secret = mark + randomSecret();
    const apiKey = await this.store.create(identity.workspaceId, {
      createdById: identity.userId,
      name,
      prefix: secret.slice(0, prefixLength),
      secretHash: this.hasher.hash('api-key', secret),
      expiresAt: expiresAt ?? null,
      triggerIds: triggerIds ?? null,
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

  async find(workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
    return isId(id) ? this.store.find(workspaceId, id) : undefined;
  }

  async name(workspaceId: string, id: string): Promise<string | undefined> {
    return (await this.store.find(workspaceId, id))?.name;
  }

  /**
   * @param from for the log; left out, nothing is told
   * @throws UnauthenticatedError when there is no such key, or it was revoked or has expired
   */
  async authenticate(secret: string, from?: AccessOrigin): Promise<Identity> {
    const key = await this.store.findBySecretHash(this.hasher.hash('api-key', secret));
    const now = this.now();
    if (!key) throw new UnauthenticatedError('There is no such API key. Check that it was copied whole.');
    const { id, name, workspaceId } = key;
    const over = key.revokedAt ? 'has been revoked. Use another one.' : key.expiresAt && key.expiresAt <= now ? 'has expired. Make a new one.' : undefined;
    if (over !== undefined) {
      if (from) this.trail.note({ workspaceId, actor: { type: 'API_KEY', id, name }, action: 'api-key.use', subject: { type: 'apiKey', id, name }, refused: 'UNAUTHENTICATED', from });
      throw new UnauthenticatedError(`This API key ${over}`);
    }
    if (from) this.trail.keyUsed(key, from);
    if (!key.lastUsedAt || now.getTime() - key.lastUsedAt.getTime() >= usageEveryMs) {
      await this.store.noteUse(key.workspaceId, key.id, now);
    }
    const { triggerIds } = key;
    return { userId: key.createdById, workspaceId: key.workspaceId, role: 'EDITOR', via: 'apiKey', apiKeyId: key.id, ...(triggerIds && { triggerIds }) };
  }

  private async checkTriggers(workspaceId: string, triggerIds: readonly string[]): Promise<void> {
    const known = triggerIds.every(isId) ? await this.knownTriggers(workspaceId, triggerIds) : new Set<string>();
    if (triggerIds.some((id) => !known.has(id))) throw new NotFoundError('trigger');
  }
}
