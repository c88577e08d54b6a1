import { Arg, Authorized, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { AuditEntry, AuditEntryConnection, AuditFilterInput } from '../../../schema/audit.js';
import { type Connection } from '../../../schema/connection.js';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { type Permission } from '../auth/permissions.js';
import { type AuditLog } from './audit.service.js';

@Resolver()
export class AuditResolver {
  constructor(private readonly log: AuditLog) {}

  @Authorized<Permission>('audit:read')
  @Query(() => AuditEntryConnection, { description: 'What was done in the workspace, by whom and from where, newest first. `GET /audit.csv` and `/audit.jsonl` give all of it, with the same filter.' })
  auditLog(
    @Ctx() context: RequestContext,
    @Arg('first', () => Int, { defaultValue: 50 }) first: number,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('filter', () => AuditFilterInput, { nullable: true }) filter?: AuditFilterInput | null,
  ): Promise<Connection<AuditEntry>> {
    return this.log.list(identityOf(context), filter ?? {}, { first, after });
  }

  @Authorized<Permission>('audit:read')
  @Query(() => AuditEntry)
  auditEntry(@Ctx() context: RequestContext, @Arg('id', () => ID) id: string): Promise<AuditEntry> {
    return this.log.get(identityOf(context), id);
  }
}
