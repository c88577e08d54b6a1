import { type AuditedCall, type FieldAudit } from '../../graphql/audit-fields.js';
import { type AuditDeclaration } from '../../graphql/audited.js';
import { type RequestContext } from '../../graphql/context.js';
import { type Identity } from '../auth/identity.js';
import { type AuditActors } from './audit-actors.js';
import { type AuditJournal } from './audit-journal.js';
import { outcomeOfFailure } from './audit-outcome.js';
import { idsAt, type Told, valueAt } from './audit-paths.js';
import { type AuditSnapshot, type AuditSubjects } from './audit-subjects.js';
import { type AuditEvent } from './audit.types.js';
import { changesBetween, fitForLog } from './changes.js';
import { type RefusalLimit } from './refusal-limit.js';

export interface MutationAuditParts {
  journal: AuditJournal;
  subjects: AuditSubjects;
  actors: AuditActors;
  refusals: RefusalLimit;
  now: () => Date;
  /** Is told of what keeps an entry from being whole, though the change was made. */
  onFault: (error: unknown, message: string) => void;
}

interface Attempt extends AuditedCall {
  identity: Identity;
  at: Date;
}

type Snapshots = ReadonlyMap<string, AuditSnapshot | undefined>;

/**
 * Tells of each change that is asked for over the API: that it began, what it did to its subjects, and how it ended. What is public has no caller to
 * tell of; the services behind it tell themselves.
 */
export class MutationAudit implements FieldAudit {
  constructor(private readonly parts: MutationAuditParts) {}

  async record(call: AuditedCall, perform: () => unknown): Promise<unknown> {
    const { identity } = call.context;
    if (!identity) return perform();
    const attempt: Attempt = { ...call, identity, at: this.parts.now() };
    return call.declaration.behind ? this.recordBehind(attempt, perform) : this.recordWithIntent(attempt, perform);
  }

  private async recordBehind(attempt: Attempt, perform: () => unknown): Promise<unknown> {
    let result: unknown;
    try {
      result = await perform();
    } catch (error) {
      void this.tellSoon(this.eventsOfFailure(attempt, error));
      throw error;
    }
    void this.tellSoon(this.eventsOfSuccess(attempt, result, new Map()));
    return result;
  }

  private async recordWithIntent(attempt: Attempt, perform: () => unknown): Promise<unknown> {
    const { journal } = this.parts;
    const before = await this.snapshots(attempt, idsOf(attempt, { args: attempt.args }));
    const [intended] = await this.eventsOf(attempt, { args: attempt.args }, 'DONE');
    const begunId = intended && (await journal.begin(intended));
    let result: unknown;
    try {
      result = await perform();
    } catch (error) {
      await this.settle(begunId, this.eventsOfFailure(attempt, error));
      throw error;
    }
    await this.settle(begunId, this.eventsOfSuccess(attempt, result, before));
    return result;
  }

  /** The change stands whatever happens here. Should it fail, what has begun becomes an entry of unknown outcome. */
  private async settle(begunId: string | undefined, telling: Promise<AuditEvent[]>): Promise<void> {
    try {
      const events = await telling;
      if (begunId !== undefined) await this.parts.journal.settle(begunId, events);
      else await this.parts.journal.write(events);
    } catch (error) {
      this.parts.onFault(error, 'An entry of the audit log could not be stored');
    }
  }

  private async tellSoon(telling: Promise<AuditEvent[]>): Promise<void> {
    try {
      for (const event of await telling) this.parts.journal.writeSoon(event);
    } catch (error) {
      this.parts.onFault(error, 'An entry of the audit log could not be made');
    }
  }

  private async eventsOfSuccess(attempt: Attempt, result: unknown, before: Snapshots): Promise<AuditEvent[]> {
    const told = { args: attempt.args, result };
    const ids = idsOf(attempt, told);
    const after = await this.snapshots(attempt, ids);
    const events = await this.eventsOf(attempt, told, 'DONE');
    const kept = keptOf(attempt.declaration, told);
    return events.map((event, index) => {
      const id = ids[index] ?? '';
      const [was, is] = [before.get(id), after.get(id)];
      const changes = attempt.declaration.behind ? {} : changesBetween(was?.facts, is?.facts);
      const { after: changed } = changes;
      return {
        ...event,
        ...changes,
        ...(kept && { after: { ...(typeof changed === 'object' ? changed : {}), ...kept } }),
        subject: event.subject && { ...event.subject, name: is?.name ?? was?.name },
      };
    });
  }

  private async eventsOfFailure(attempt: Attempt, error: unknown): Promise<AuditEvent[]> {
    const failure = outcomeOfFailure(error);
    if (!failure) return [];
    const { identity, context } = attempt;
    const { told, leftOut } = this.parts.refusals.admit([identity.workspaceId, identity.userId, identity.via, context.address].join(' '));
    if (!told) return [];
    const events = await this.eventsOf(attempt, { args: attempt.args }, failure.outcome);
    // Of an id that is not there for the caller nothing is told but that it was asked for.
    return events.map((event) => ({ ...event, code: failure.code, ...(leftOut > 0 && { after: { attemptsLeftOut: leftOut } }) }));
  }

  /** One for each subject; without what changed. */
  private async eventsOf(attempt: Attempt, told: Told, outcome: AuditEvent['outcome']): Promise<AuditEvent[]> {
    const { declaration, identity, context, at } = attempt;
    const { action, subject: type, execution } = declaration;
    const [executionId] = execution ? idsAt(execution, told) : [];
    const event: AuditEvent = {
      workspaceId: identity.workspaceId,
      at,
      actor: await this.parts.actors.of(identity),
      action,
      subject: { type },
      outcome,
      origin: originOf(context),
      executionId,
    };
    const ids = idsOf(attempt, told);
    return ids.length > 0 ? ids.map((id) => ({ ...event, subject: { type, id } })) : [event];
  }

  private async snapshots({ declaration, identity }: Attempt, ids: readonly string[]): Promise<Snapshots> {
    const read = async (id: string) => [id, await this.parts.subjects.read(declaration.subject, identity.workspaceId, id)] as const;
    return new Map(await Promise.all(ids.map(read)));
  }
}

/** Of what the workspace has one of, its own. */
function idsOf({ declaration, identity }: Attempt, told: Told): string[] {
  return declaration.id ? idsAt(declaration.id, told) : [identity.workspaceId];
}

function keptOf({ keep = [] }: AuditDeclaration, told: Told): Record<string, unknown> | undefined {
  const kept = keep.map((path) => [path.slice(path.lastIndexOf('.') + 1), valueAt(path, told)] as const).filter(([, value]) => value !== undefined && value !== null);
  return kept.length > 0 ? Object.fromEntries(kept.map(([name, value]) => [name, fitForLog(value)])) : undefined;
}

function originOf({ address, userAgent, requestId }: RequestContext) {
  return { address, userAgent, requestId };
}
