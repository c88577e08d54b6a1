import { type SubjectReader } from '../audit/audit-subjects.js';
import { type SecretsService } from './secret.service.js';

/** What the audit log tells of secrets: their names, and which value each has, by the hash that tells values apart. */
export function secretSubjects(secrets: Pick<SecretsService, 'list'>): Record<string, SubjectReader> {
  return {
    secret: async (workspaceId, id) => {
      const secret = (await secrets.list(workspaceId)).find((one) => one.id === id);
      return secret && { name: secret.name, facts: { name: secret.name, value: hashIn(secret.fingerprint) } };
    },
  };
}

/** Without the characters of the value itself: the log is kept for longer than the value. */
function hashIn(fingerprint: string): string {
  return `#${fingerprint.split(' ').at(-1)}`;
}
