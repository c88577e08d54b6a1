export const auditActorTypes = ['PERSON', 'API_KEY', 'TRIGGER', 'LINK', 'SYSTEM'] as const;
/** LINK: whoever held the link to an approval. SYSTEM: the product itself. */
export type AuditActorType = (typeof auditActorTypes)[number];

export const auditOutcomes = ['DONE', 'REFUSED', 'FAILED', 'UNKNOWN'] as const;
/** UNKNOWN: it had begun when its process stopped, and nobody knows whether it was done. */
export type AuditOutcome = (typeof auditOutcomes)[number];

export interface AuditActor {
  type: AuditActorType;
  id?: string | undefined;
  /** As it is now; the entry keeps it. */
  name: string;
}

/** Where a request came from. */
export interface AuditOrigin {
  address?: string | undefined;
  userAgent?: string | undefined;
  requestId?: string | undefined;
}

export interface AuditSubject {
  type: string;
  id?: string | undefined;
  name?: string | undefined;
}

/** What is to be told. `before` and `after` hold what differs, and nothing that is secret. */
export interface AuditEvent {
  workspaceId: string;
  at: Date;
  actor: AuditActor;
  action: string;
  subject?: AuditSubject | undefined;
  before?: unknown;
  after?: unknown;
  outcome: AuditOutcome;
  /** Why it was refused, or failed. */
  code?: string | undefined;
  origin?: AuditOrigin | undefined;
  executionId?: string | undefined;
  deliveryId?: string | undefined;
}

/** An entry as it is stored. */
export interface AuditEntryRecord {
  id: string;
  workspaceId: string;
  at: Date;
  actorType: AuditActorType;
  actorId: string | null;
  actorName: string;
  action: string;
  subjectType: string | null;
  subjectId: string | null;
  subjectName: string | null;
  before: unknown;
  after: unknown;
  outcome: AuditOutcome;
  code: string | null;
  address: string | null;
  userAgent: string | null;
  requestId: string | null;
  executionId: string | null;
  deliveryId: string | null;
}
