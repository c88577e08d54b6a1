import { AuditActors } from '../features/audit/audit-actors.js';
import { AuditExport } from '../features/audit/audit-export.js';
import { AuditJournal } from '../features/audit/audit-journal.js';
import { AuditLogStore } from '../features/audit/audit-log.store.js';
import { AuditSubjects } from '../features/audit/audit-subjects.js';
import { AuditJobs } from '../features/audit/audit.jobs.js';
import { AuditResolver } from '../features/audit/audit.resolver.js';
import { AuditLog } from '../features/audit/audit.service.js';
import { AuditStore } from '../features/audit/audit.store.js';
import { AuthTrail } from '../features/audit/auth-trail.js';
import { MutationAudit } from '../features/audit/mutation-audit.js';
import { RefusalLimit } from '../features/audit/refusal-limit.js';
import { SecretAccess, type SecretTrail } from '../features/audit/secret-access.js';
import { type Ground } from '../ground.js';
import { type Shutdown } from '../shutdown.js';
import { type AuthParts } from './auth.wiring.js';

/** Where entries of the audit log are written. It is there before those who are told of are. */
export function wireAuditJournal({ database, logger, now }: Ground, shutdown: Shutdown) {
  const onFault = (err: unknown, message: string) => logger.error({ err }, message);
  const store = new AuditStore(database);
  const journal = new AuditJournal(store, { onFault });
  shutdown.register(() => journal.stop());
  const refusals = new RefusalLimit(now);
  return { store, journal, refusals, onFault, trail: new AuthTrail({ journal, store, refusals, now, onFault }) };
}

export type AuditJournalParts = ReturnType<typeof wireAuditJournal>;

/** What is told, and who reads it. */
export function wireAudit({ database, jobs, now }: Ground, { store, journal, refusals, onFault }: AuditJournalParts, { auth, memberNames }: AuthParts) {
  const actors = new AuditActors({ memberNames, apiKeyName: (workspaceId, id) => auth.apiKeyName(workspaceId, id) });
  const subjects = new AuditSubjects();
  const secretTrail: SecretTrail = new SecretAccess({ journal, actors, subjects, now });
  const log = new AuditLog(new AuditLogStore(database));
  return {
    journal,
    subjects,
    secretTrail,
    exports: new AuditExport({ auth, log, journal, actors, now }),
    fields: new MutationAudit({ journal, subjects, actors, refusals, now, onFault }),
    auditJobs: new AuditJobs({ store, jobs, now, alone: database.engine === 'sqlite' }),
    resolvers: [new AuditResolver(log)],
  };
}

export type AuditParts = ReturnType<typeof wireAudit>;
