import { ConflictError, ForbiddenError, NotFoundError, RateLimitedError } from '../../../errors.js';
import { parseInput } from '../../../input.js';
import { type Identity, reachesTrigger } from '../../auth/identity.js';
import { roleAllows } from '../../auth/permissions.js';
import { type ExecutionService } from '../../executions/execution.service.js';
import { type ExecutionEvent, type ExecutionRecord, isFinished } from '../../executions/execution.types.js';
import { idempotencyKey } from '../../executions/idempotent-start.js';
import { type DeliveryRecord } from '../deliveries/delivery.types.js';
import { jsonPayload } from '../launch/arrival.js';
import { type Intake } from '../launch/intake.js';
import { type TriggersService } from '../trigger.service.js';
import { type TriggerRecord } from '../trigger.types.js';
import { Slots } from './slots.js';

export interface ApiLaunchesDependencies {
  triggers: Pick<TriggersService, 'find'>;
  intake: Pick<Intake, 'accept' | 'refuse'>;
  executions: Pick<ExecutionService, 'find' | 'follow'>;
  now: () => Date;
}

export interface ApiLaunch {
  triggerId: string;
  payload: unknown;
  headers: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  idempotencyKey: string | undefined;
}

/** Of one caller: each holds a connection. */
const mostOpen = 100;

/** What programs do with triggers of type API: launch, wait, follow. */
export class ApiLaunches {
  private readonly open = new Slots(mostOpen);

  constructor(private readonly deps: ApiLaunchesDependencies) {}

  /**
   * @returns the delivery, with the execution where one was launched: of a duplicate that of the first
   * @throws NotFoundError for a trigger of another type, and for one that the key may not fire; ConflictError while it is paused; RateLimitedError past its limit
   */
  async launch(identity: Identity, launch: ApiLaunch): Promise<DeliveryRecord> {
    const dedupKey = parseInput(idempotencyKey.optional(), launch.idempotencyKey, 'Idempotency-Key');
    const trigger = await this.find(identity, launch.triggerId);
    const { payload, headers, query } = launch;
    const arrival = { trigger, receivedAt: this.deps.now(), source: identity.via === 'apiKey' ? 'API key' : 'A person', dedupKey, ...jsonPayload(payload), headers, values: { query } };
    if (!trigger.active) {
      await this.deps.intake.refuse(arrival, 'PAUSED', 'The trigger is paused.');
      throw new ConflictError('This trigger is paused, so that it launches nothing. Resume it first.');
    }
    const delivery = await this.deps.intake.accept(arrival);
    if (delivery.verdict === 'RATE_LIMITED') throw new RateLimitedError(`${delivery.reason ?? ''} Try again in a minute.`, 60);
    return delivery;
  }

  /** Waits until an execution of a trigger has ended, at most so long. @returns it as it is then */
  async wait(identity: Identity, executionId: string, waitMs: number, gone: AbortSignal): Promise<ExecutionRecord> {
    const events = await this.follow(identity, executionId, 0);
    const stop = () => void events.return?.();
    const timer = setTimeout(stop, waitMs);
    gone.addEventListener('abort', stop, { once: true });
    try {
      for await (const _ of events);
    } finally {
      clearTimeout(timer);
      gone.removeEventListener('abort', stop);
    }
    return this.deps.executions.find(identity, executionId);
  }

  /** The events of an execution after a sequence number, until it ends. Whoever stops asking must say so. @throws RateLimitedError where the caller follows too many already */
  async follow(identity: Identity, executionId: string, after: number): Promise<AsyncIterableIterator<ExecutionEvent>> {
    const release = this.open.take(identity.via === 'apiKey' ? identity.apiKeyId : identity.userId);
    if (!release) throw new RateLimitedError(`At most ${mostOpen} requests of one key may wait or follow at a time. Close one first.`, 5);
    try {
      const events = await this.deps.executions.follow(identity, executionId, after);
      return releasing(events, release);
    } catch (error) {
      release();
      throw error;
    }
  }

  /** An execution that a trigger has launched, as somebody who may fire the trigger sees it. @throws NotFoundError */
  async execution(identity: Identity, triggerId: string, executionId: string): Promise<ExecutionRecord> {
    const trigger = await this.find(identity, triggerId);
    const execution = await this.deps.executions.find(identity, executionId);
    if (execution.triggerId !== trigger.id) throw new NotFoundError('execution');
    return execution;
  }

  private async find(identity: Identity, triggerId: string): Promise<TriggerRecord> {
    if (!roleAllows(identity.role, 'trigger:fire')) throw new ForbiddenError('You may not fire triggers in this workspace.');
    const trigger = reachesTrigger(identity, triggerId) ? await this.deps.triggers.find(identity.workspaceId, triggerId) : undefined;
    if (trigger?.type !== 'API') throw new NotFoundError('trigger of type API');
    return trigger;
  }
}

export function hasEnded({ status }: ExecutionRecord): boolean {
  return isFinished(status);
}

function releasing<Item>(items: AsyncIterableIterator<Item>, release: () => void): AsyncIterableIterator<Item> {
  return {
    async next() {
      const result = await items.next();
      if (result.done) release();
      return result;
    },
    async return() {
      release();
      return (await items.return?.()) ?? { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
