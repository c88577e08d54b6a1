import { z } from 'zod';
import { ForbiddenError, UnauthenticatedError } from '../../errors.js';
import { parseInput } from '../../input.js';
import { type AccessOrigin } from '../auth/access-trail.js';
import { type AuthService } from '../auth/auth.service.js';
import { roleAllows } from '../auth/permissions.js';
import { type AuditActors } from './audit-actors.js';
import { type AuditJournal } from './audit-journal.js';
import { auditText, type AuditFormat } from './audit-table.js';
import { type AuditLog } from './audit.service.js';

export interface AuditExportParts {
  auth: Pick<AuthService, 'authenticate'>;
  log: AuditLog;
  journal: Pick<AuditJournal, 'write'>;
  actors: AuditActors;
  now: () => Date;
}

const time = z.iso.datetime({ offset: true, error: 'Give a time such as 2026-11-29T08:00:00Z.' }).transform((text) => new Date(text));
/** As `auditLog` has them; `from` and `to` in writing. */
const askedSchema = z.object({ from: time.optional(), to: time.optional() }).loose();

/** Hands out the whole log, or what passes a filter, and tells in it that it did. */
export class AuditExport {
  constructor(private readonly parts: AuditExportParts) {}

  /**
   * @param authorization the header
   * @param asked the filter, by the names that `auditLog` has
   * @throws UnauthenticatedError, ForbiddenError or InvalidInputError, before anything is read
   */
  async open(format: AuditFormat, authorization: string | undefined, asked: Readonly<Record<string, unknown>>, from: AccessOrigin): Promise<AsyncGenerator<string, void, undefined>> {
    const { auth, log, journal, actors, now } = this.parts;
    const identity = await auth.authenticate(authorization, from);
    if (!identity) throw new UnauthenticatedError('Sign in first.');
    if (!roleAllows(identity.role, 'audit:read')) throw new ForbiddenError('Only owners of the workspace may read its audit log.');
    const { workspaceId } = identity;
    const pages = log.all(identity, parseInput(askedSchema, asked, 'filter'));
    const subject = { type: 'workspace', id: workspaceId, name: 'Audit log' };
    await journal.write([{ workspaceId, at: now(), actor: await actors.of(identity), action: 'audit.export', subject, after: { format, filter: asked }, outcome: 'DONE', origin: from }]);
    return auditText(format, pages);
  }
}
