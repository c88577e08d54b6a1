import { Extensions } from 'type-graphql';

/** Where an id stands, or something worth keeping: a path that begins with `args` or `result`, such as `args.input.id`. */
export type AuditPath = `args.${string}` | 'result' | `result.${string}`;

export interface AuditDeclaration {
  /** What is done, in words that sort: `prompt.label.move`. */
  action: string;
  /** What it is done to: a kind of thing, such as `prompt`, whose feature registers how to read it. */
  subject: string;
  /** Its id. A list stands for several of the kind. Left out: the workspace has one of the kind. */
  id?: AuditPath;
  /** What the caller gave that says more than the thing itself does afterwards. Never name what may be secret. */
  keep?: readonly AuditPath[];
  /** The execution that came of it. */
  execution?: AuditPath;
  /** What is done so often, and is stored so well by itself, that its entry may be stored after the answer. */
  behind?: boolean;
}

export interface AuditExemption {
  /** Why no entry is made here. */
  notAudited: string;
}

const key = 'audit';

/** Says what the audit log tells of a mutation, or of a subscription that changes something. Each mutation has this or `NotAudited`. */
export function Audited(action: string, subject: string, more: Omit<AuditDeclaration, 'action' | 'subject'> = {}) {
  const declaration: AuditDeclaration = { action, subject, ...more };
  return Extensions({ [key]: declaration });
}

/** @param why for those who wonder about the gap */
export function NotAudited(why: string) {
  const exemption: AuditExemption = { notAudited: why };
  return Extensions({ [key]: exemption });
}

/** What was declared on a field. */
export function auditOf({ extensions }: { extensions: Readonly<Record<string, unknown>> }): AuditDeclaration | AuditExemption | undefined {
  const declared = extensions[key];
  return isDeclared(declared) ? declared : undefined;
}

function isDeclared(value: unknown): value is AuditDeclaration | AuditExemption {
  return typeof value === 'object' && value !== null && ('action' in value || 'notAudited' in value);
}
