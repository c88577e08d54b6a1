/** Where somebody calls from. */
export interface AccessOrigin {
  address: string;
  userAgent?: string | undefined;
  requestId?: string | undefined;
}

/** Somebody came in, or was turned away. */
export interface AccessEvent {
  workspaceId: string;
  actor: { type: 'PERSON' | 'API_KEY'; id: string; name: string };
  action: string;
  subject: { type: 'account' | 'session' | 'apiKey'; id: string; name?: string };
  /** The error's code, where it was turned away. */
  refused?: string;
  from: AccessOrigin;
}

/** Is told who comes and goes. It takes no time of those who tell it. */
export interface AccessTrail {
  note(event: AccessEvent): void;
  /** A key that is good was used. */
  keyUsed(key: { workspaceId: string; id: string; name: string }, from: AccessOrigin): void;
}

/** For where nobody keeps a log. */
export const noTrail: AccessTrail = { note: () => undefined, keyUsed: () => undefined };
