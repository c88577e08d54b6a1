import { z } from 'zod';
import { type CreateSecretInput, type SetSecretInput } from '../../../schema/secrets.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import { exactText, isId, parseInput } from '../../input.js';
import { LockedError, type Vault } from '../../vault/vault.js';
import { noSecretTrail, type SecretTrail, type SecretUse } from '../audit/secret-access.js';
import { type Identity } from '../auth/identity.js';
import { type SecretRecord, type SecretStore } from './secret.store.js';

const mostSecrets = 200;
/** What references can spell. */
const name = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,49}$/, 'Use letters, digits and _, a letter first, at most 50 characters.');
const value = exactText()
  .min(4, 'Give at least 4 characters: a shorter value can’t be kept out of what runs store.')
  .max(10_000, 'Keep this to 10000 characters.')
  .refine((given) => given.trim() !== '', 'Give the value.');

/** A secret that a step needs and can't have: SECRET_MISSING, or SECRET_LOCKED where the server can't read it. */
export class SecretUnusableError extends Error {
  override readonly name = 'SecretUnusableError';
  constructor(
    readonly code: 'SECRET_MISSING' | 'SECRET_LOCKED',
    message: string,
  ) {
    super(message);
  }
}

/** What the steps of a workspace's workflows send and nobody reads. A value goes in and comes out for a request alone. */
export class SecretsService {
  constructor(
    private readonly store: SecretStore,
    private readonly vault: Vault,
    private readonly trail: SecretTrail = noSecretTrail,
  ) {}

  /** By name. */
  list(workspaceId: string): Promise<SecretRecord[]> {
    return this.store.list(workspaceId);
  }

  async names(workspaceId: string): Promise<ReadonlySet<string>> {
    return new Set(await this.store.names(workspaceId));
  }

  /** @throws InvalidInputError for a name that is taken, too */
  async create({ workspaceId, userId }: Identity, input: CreateSecretInput): Promise<SecretRecord> {
    const given = parseInput(z.object({ name, value }), input, 'input');
    const names = await this.names(workspaceId);
    if (names.size >= mostSecrets) throw new InvalidInputError([{ field: 'input', message: `A workspace has ${mostSecrets} secrets at most. Delete one first.` }]);
    const created = await this.store.create(workspaceId, { name: given.name, createdById: userId, ...(await this.sealed(workspaceId, given.name, given.value)) });
    if (!created) throw new InvalidInputError([{ field: 'input.name', message: `There is a secret named ${given.name} already. Replace its value, or choose another name.` }]);
    return created;
  }

  /** Steps send the new value from their next attempt on. @throws NotFoundError */
  async set({ workspaceId }: Identity, input: SetSecretInput): Promise<SecretRecord> {
    const { name: known } = await this.get(workspaceId, input.id);
    const given = parseInput(z.object({ value }), input, 'input');
    const replaced = await this.store.replace(workspaceId, input.id, await this.sealed(workspaceId, known, given.value));
    if (!replaced) throw new NotFoundError('secret');
    return replaced;
  }

  /** For good. @throws NotFoundError */
  async delete({ workspaceId }: Identity, id: string): Promise<{ id: string }> {
    if (!isId(id) || !(await this.store.delete(workspaceId, id))) throw new NotFoundError('secret');
    return { id };
  }

  /**
   * The values, by name, as they are now. For a request that is about to be made: keep them nowhere.
   * @param use what the audit log tells of it, before they are read
   * @throws SecretUnusableError
   */
  async reveal(workspaceId: string, names: readonly string[], use: SecretUse): Promise<Record<string, string>> {
    if (names.length === 0) return {};
    const found = new Map((await this.store.byNames(workspaceId, names)).map((secret) => [secret.name, secret]));
    const opened = names.map(async (wanted) => {
      const secret = found.get(wanted);
      if (!secret) throw new SecretUnusableError('SECRET_MISSING', `There is no secret named ${wanted}. Add it under Settings, Secrets.`);
      await this.trail.used(workspaceId, 'secret.read', { type: 'secret', id: secret.id, name: wanted }, use);
      return [wanted, await this.open(secret)] as const;
    });
    return Object.fromEntries(await Promise.all(opened));
  }

  private async open({ encryptedValue, workspaceId, name: known }: SecretRecord): Promise<string> {
    try {
      return await this.vault.open(encryptedValue, { workspaceId, name: known });
    } catch (error) {
      if (error instanceof LockedError) throw new SecretUnusableError('SECRET_LOCKED', `The secret ${known} can’t be read: it was stored under another ENCRYPTION_KEY. Give its value again.`);
      throw error;
    }
  }

  private async get(workspaceId: string, id: string): Promise<SecretRecord> {
    const secret = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    if (!secret) throw new NotFoundError('secret');
    return secret;
  }

  private async sealed(workspaceId: string, known: string, given: string) {
    return { encryptedValue: await this.vault.seal(given, { workspaceId, name: known }), fingerprint: this.vault.fingerprint(given) };
  }
}
