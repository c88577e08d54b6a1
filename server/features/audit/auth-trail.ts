import { BoundedCache } from '../../bounded-cache.js';
import { type AccessEvent, type AccessTrail } from '../auth/access-trail.js';
import { type AuditJournal } from './audit-journal.js';
import { type AuditStore } from './audit.store.js';
import { type RefusalLimit } from './refusal-limit.js';

const firstUse = 'api-key.use-from-new-address';

export interface AuthTrailParts {
  journal: AuditJournal;
  store: Pick<AuditStore, 'knowsAddress'>;
  refusals: RefusalLimit;
  now: () => Date;
  onFault: (error: unknown, message: string) => void;
}

/** Tells who came in, who was turned away, and from where keys are used. Nobody waits for it: how long an answer takes must not tell which accounts there are. */
export class AuthTrail implements AccessTrail {
  private readonly known = new BoundedCache<true>(10_000, 1_000_000);

  constructor(private readonly parts: AuthTrailParts) {}

  note({ refused, from, actor, ...event }: AccessEvent): void {
    const { journal, refusals, now } = this.parts;
    const { told, leftOut } = refused ? refusals.admit([event.workspaceId, actor.id, event.action, from.address].join(' ')) : { told: true, leftOut: 0 };
    if (!told) return;
    journal.writeSoon({
      ...event,
      actor,
      at: now(),
      outcome: refused ? 'REFUSED' : 'DONE',
      code: refused,
      origin: from,
      ...(leftOut > 0 && { after: { attemptsLeftOut: leftOut } }),
    });
  }

  keyUsed(key: { workspaceId: string; id: string; name: string }, from: AccessEvent['from']): void {
    const place = `${key.id} ${from.address}`;
    let seen = true;
    this.known.getOrMake(place, () => {
      seen = false;
      return true;
    });
    if (seen) return;
    this.noteFirstUse(key, from).catch((error: unknown) => {
      this.known.forget(place);
      this.parts.onFault(error, 'The audit log could not be asked for the addresses of a key');
    });
  }

  private async noteFirstUse({ workspaceId, id, name }: { workspaceId: string; id: string; name: string }, from: AccessEvent['from']): Promise<void> {
    if (await this.parts.store.knowsAddress(workspaceId, firstUse, id, from.address)) return;
    this.note({ workspaceId, actor: { type: 'API_KEY', id, name }, action: firstUse, subject: { type: 'apiKey', id, name }, from });
  }
}
