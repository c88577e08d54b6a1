import { type GraphQLField, type GraphQLFieldResolver, type GraphQLSchema } from 'graphql';
import { type AuditDeclaration, auditOf } from './audited.js';
import { isRequestContext, type RequestContext } from './context.js';

/** A change that somebody asks for. */
export interface AuditedCall {
  declaration: AuditDeclaration;
  args: Readonly<Record<string, unknown>>;
  context: RequestContext;
}

/** What makes the entries. */
export interface FieldAudit {
  /** Performs it, and stores what came of it. @returns and throws what `perform` does */
  record(call: AuditedCall, perform: () => unknown): Promise<unknown>;
}

type Field = GraphQLField<unknown, unknown>;

/**
 * Sees to it that every mutation, and every subscription that says so, is recorded: around everything else, so that what is refused is recorded too.
 * A mutation that declares nothing is recorded under its own name, for a test finds it sooner than whoever needs the entry.
 */
export function auditFields(schema: GraphQLSchema, audit: FieldAudit): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const declared = auditOf(field) ?? { action: field.name, subject: 'workspace' };
    if ('action' in declared && field.resolve) field.resolve = recorded(audit, declared, field.resolve);
  }
  for (const field of Object.values(schema.getSubscriptionType()?.getFields() ?? {})) {
    const declared = auditOf(field);
    if (declared && 'action' in declared && field.subscribe) field.subscribe = recorded(audit, declared, field.subscribe);
  }
}

function recorded(audit: FieldAudit, declaration: AuditDeclaration, perform: NonNullable<Field['resolve']>): GraphQLFieldResolver<unknown, unknown> {
  return (source, args: Record<string, unknown>, context, info) => {
    if (!isRequestContext(context)) throw new Error('A change needs the context of a request.');
    return audit.record({ declaration, args, context }, () => perform(source, args, context, info));
  };
}
