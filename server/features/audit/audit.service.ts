import { type Connection } from '../../../schema/connection.js';
import { NotFoundError } from '../../errors.js';
import { isId } from '../../input.js';
import { pageQuery, type PageRequest, toConnection } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { readAuditFilter } from './audit-filter.js';
import { type AuditLogStore } from './audit-log.store.js';
import { type AuditEntryRecord } from './audit.types.js';

const exportedAtOnce = 1_000;

/** The log of a workspace, for those who may read it. */
export class AuditLog {
  constructor(private readonly store: AuditLogStore) {}

  /** Newest first. @throws InvalidInputError for a filter that can't be meant */
  async list({ workspaceId }: Identity, filter: object, page: PageRequest): Promise<Connection<AuditEntryRecord>> {
    const { take, where } = pageQuery(page);
    return toConnection(await this.store.page(workspaceId, readAuditFilter(filter), where.id?.lt, take), page, (entry) => entry);
  }

  /** @throws NotFoundError */
  async get({ workspaceId }: Identity, id: string): Promise<AuditEntryRecord> {
    const entry = isId(id) ? await this.store.find(workspaceId, id) : undefined;
    if (!entry) throw new NotFoundError('entry of the audit log');
    return entry;
  }

  /**
   * All that pass the filter, newest first, read a little at a time.
   * @throws InvalidInputError, before the first, for a filter that can't be meant
   */
  all({ workspaceId }: Identity, filter: object): AsyncGenerator<AuditEntryRecord[], void, undefined> {
    return this.pages(workspaceId, readAuditFilter(filter));
  }

  private async *pages(workspaceId: string, filter: ReturnType<typeof readAuditFilter>): AsyncGenerator<AuditEntryRecord[], void, undefined> {
    for (let before: string | undefined; ; ) {
      const page = await this.store.page(workspaceId, filter, before, exportedAtOnce);
      if (page.length > 0) yield page;
      if (page.length < exportedAtOnce) return;
      before = page.at(-1)?.id;
    }
  }
}
