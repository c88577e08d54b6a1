import { BoundedCache } from '../../../bounded-cache.js';
import { LockedError, type Vault } from '../../../vault/vault.js';
import { type TriggerRecord } from '../trigger.types.js';

/** A trigger, as far as its secrets go; they are sealed. */
export type SecretHolder = Pick<TriggerRecord, 'id' | 'workspaceId' | 'secret' | 'previousSecret' | 'previousSecretExpiresAt'>;

/** The secrets that senders sign with: at rest in the vault, each for its trigger alone. */
export class TriggerSecrets {
  /** By what is sealed, so that a new secret is a new entry: opening takes longer than all else that a request needs. */
  private readonly opened = new BoundedCache<Promise<string>>(1_000, 1_000_000);

  constructor(private readonly vault: Vault) {}

  seal({ id, workspaceId }: Pick<SecretHolder, 'id' | 'workspaceId'>, secret: string): Promise<string> {
    return this.vault.seal(secret, { workspaceId, triggerId: id });
  }

  /** Those that are good at this time, the present one first. @throws LockedError */
  async goodAt(holder: SecretHolder, now: Date): Promise<string[]> {
    const { secret, previousSecret, previousSecretExpiresAt } = holder;
    const previous = previousSecretExpiresAt !== undefined && previousSecretExpiresAt > now ? previousSecret : undefined;
    return Promise.all([secret, previous].filter((sealed) => sealed !== undefined).map((sealed) => this.open(holder, sealed)));
  }

  /** The present one; undefined where there is none, or where it can't be read any more. */
  async present(holder: SecretHolder): Promise<string | undefined> {
    try {
      return holder.secret === undefined ? undefined : await this.open(holder, holder.secret);
    } catch (error) {
      if (error instanceof LockedError) return undefined;
      throw error;
    }
  }

  private async open({ id, workspaceId }: SecretHolder, sealed: string): Promise<string> {
    const key = `${id} ${sealed}`;
    try {
      return await this.opened.getOrMake(key, () => this.vault.open(sealed, { workspaceId, triggerId: id }));
    } catch (error) {
      this.opened.forget(key);
      throw error;
    }
  }
}
