import { BoundedCache } from '../../bounded-cache.js';
import { type Identity } from '../auth/identity.js';
import { type AuditActors } from './audit-actors.js';
import { type AuditJournal } from './audit-journal.js';
import { type AuditSubjects } from './audit-subjects.js';
import { type AuditActor, type AuditEvent } from './audit.types.js';

/** For what a secret is taken out of the vault. */
export interface SecretUse {
  /** What runs: by it each secret is told once, however often it is used. */
  run: string;
  executionId?: string | undefined;
  deliveryId?: string | undefined;
  /** The trigger that launched it, where one did. */
  triggerId?: string | undefined;
  /** On whose behalf it runs. */
  personId?: string | undefined;
  /** Who asked for it, instead of these. */
  by?: Identity | undefined;
}

/** Is told of a secret before it is used. */
export interface SecretTrail {
  /** @returns once the log has it @throws where it can't be stored: then the secret must not be used */
  used(workspaceId: string, action: string, subject: { type: string; id: string; name: string }, use: SecretUse): Promise<void>;
}

/** For where nobody keeps a log. */
export const noSecretTrail: SecretTrail = { used: () => Promise.resolve() };

export interface SecretAccessParts {
  journal: Pick<AuditJournal, 'write'>;
  actors: AuditActors;
  subjects: AuditSubjects;
  now: () => Date;
}

/** Tells which run used which secret, once for each, and before it is used: what is not in the log did not happen. */
export class SecretAccess implements SecretTrail {
  private readonly told = new BoundedCache<Promise<void>>(20_000, 2_000_000);

  constructor(private readonly parts: SecretAccessParts) {}

  async used(workspaceId: string, action: string, subject: { type: string; id: string; name: string }, use: SecretUse): Promise<void> {
    const key = [use.run, action, subject.id].join(' ');
    try {
      await this.told.getOrMake(key, () => this.tell(workspaceId, action, subject, use));
    } catch (error) {
      this.told.forget(key);
      throw error;
    }
  }

  private async tell(workspaceId: string, action: string, subject: NonNullable<AuditEvent['subject']>, use: SecretUse): Promise<void> {
    const { executionId, deliveryId } = use;
    await this.parts.journal.write([{ workspaceId, at: this.parts.now(), actor: await this.actorOf(workspaceId, use), action, subject, outcome: 'DONE', executionId, deliveryId }]);
  }

  private async actorOf(workspaceId: string, { by, triggerId, personId }: SecretUse): Promise<AuditActor> {
    if (by) return this.parts.actors.of(by);
    if (triggerId !== undefined) return { type: 'TRIGGER', id: triggerId, name: (await this.parts.subjects.read('trigger', workspaceId, triggerId))?.name ?? 'Former trigger' };
    if (personId !== undefined) return this.parts.actors.person(workspaceId, personId);
    return { type: 'SYSTEM', name: 'PromptPilot' };
  }
}
