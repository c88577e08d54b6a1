import { type Role } from './permissions.js';

/** Who is calling, and in which workspace. An API key acts for the person who made it, with an editor's rights. */
export type Identity = {
  userId: string;
  workspaceId: string;
  role: Role;
} & ({ via: 'session'; sessionId: string; expiresAt: Date } | { via: 'apiKey'; apiKeyId: string });
