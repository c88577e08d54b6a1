import { type Role } from './permissions.js';

/**
 * Who is calling, and in which workspace. An API key acts for the person who made it, with an editor's rights; one that has `triggerIds` may fire
 * those triggers and do nothing else.
 */
export type Identity = {
  userId: string;
  workspaceId: string;
  role: Role;
} & ({ via: 'session'; sessionId: string; expiresAt: Date } | { via: 'apiKey'; apiKeyId: string; triggerIds?: readonly string[] });

/** Whether whoever is calling may fire this trigger, as far as the key that they call with is concerned. */
export function reachesTrigger(identity: Identity, triggerId: string): boolean {
  const limit = triggerLimit(identity);
  return limit === undefined || limit.includes(triggerId);
}

/** The triggers that an API key is limited to; undefined for everybody else. */
export function triggerLimit(identity: Identity): readonly string[] | undefined {
  return identity.via === 'apiKey' ? identity.triggerIds : undefined;
}
