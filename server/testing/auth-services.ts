import { type Database } from '../database/database.js';
import { InProcessBus } from '../events/in-process-bus.js';
import { AccessTokens } from '../features/auth/access-token.js';
import { ApiKeyService } from '../features/auth/api-key.service.js';
import { ApiKeyStore } from '../features/auth/api-key.store.js';
import { AuthService } from '../features/auth/auth.service.js';
import { AuthStore } from '../features/auth/auth.store.js';
import { SecretHasher } from '../features/auth/secret-hasher.js';
import { SignInThrottle } from '../features/auth/sign-in-throttle.js';
import { SignInThrottleStore } from '../features/auth/sign-in-throttle.store.js';

export const testJwtSecret = 'a secret for tests that signs access tokens';
export const testEncryptionKey = 'a secret for tests that hashes what is kept';

/** The services of one process over a database, under a clock that the test sets, with the triggers that the test adds. */
export function authServices(database: Database, clock = { now: new Date() }) {
  const now = () => clock.now;
  const bus = new InProcessBus();
  const hasher = new SecretHasher(testEncryptionKey);
  const accessTokens = new AccessTokens(testJwtSecret, now);
  const throttle = new SignInThrottle(new SignInThrottleStore(database), hasher, now);
  const store = new AuthStore(database);
  const triggers = new Set<string>();
  const apiKeys = new ApiKeyService(new ApiKeyStore(database), hasher, bus, async (_workspaceId, ids) => new Set(ids.filter((id) => triggers.has(id))), now);
  const auth = new AuthService(store, apiKeys, accessTokens, hasher, throttle, bus, now);
  return { auth, apiKeys, accessTokens, throttle, store, bus, clock, triggers };
}

/** A browser's cookie jar, for one cookie. */
export class MemoryCookie {
  token: string | undefined;
  expiresAt: Date | undefined;

  read(): string | undefined {
    return this.token;
  }

  set(token: string, expiresAt: Date): void {
    this.token = token;
    this.expiresAt = expiresAt;
  }

  clear(): void {
    this.token = undefined;
  }
}
