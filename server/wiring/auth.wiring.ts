import { AccessTokens } from '../features/auth/access-token.js';
import { ApiKeyResolver } from '../features/auth/api-key.resolver.js';
import { ApiKeyService, type KnownTriggers } from '../features/auth/api-key.service.js';
import { ApiKeyStore } from '../features/auth/api-key.store.js';
import { AuthResolver } from '../features/auth/auth.resolver.js';
import { AuthService } from '../features/auth/auth.service.js';
import { AuthStore } from '../features/auth/auth.store.js';
import { PersonLoader } from '../features/auth/person.loader.js';
import { SecretHasher } from '../features/auth/secret-hasher.js';
import { SignInThrottle } from '../features/auth/sign-in-throttle.js';
import { SignInThrottleStore } from '../features/auth/sign-in-throttle.store.js';
import { type Ground } from '../ground.js';
import { type AuditJournalParts } from './audit.wiring.js';

/** Who is calling, and what they may do. */
export function wireAuth({ config, database, bus, now }: Ground, { trail }: AuditJournalParts, knownTriggers: KnownTriggers) {
  const hasher = new SecretHasher(config.encryptionKey);
  const store = new AuthStore(database);
  const apiKeys = new ApiKeyService(new ApiKeyStore(database), hasher, bus, knownTriggers, now, trail);
  const throttle = new SignInThrottle(new SignInThrottleStore(database), hasher);
  const auth = new AuthService(store, apiKeys, new AccessTokens(config.jwtSecret), hasher, throttle, bus, now, trail);
  const memberNames = (workspaceId: string, ids: readonly string[]) => auth.memberNames(workspaceId, ids);
  return { auth, apiKeys, memberNames, people: new PersonLoader(store), resolvers: [new AuthResolver(auth), new ApiKeyResolver(apiKeys)] };
}

export type AuthParts = ReturnType<typeof wireAuth>;
