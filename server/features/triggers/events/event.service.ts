import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type EmitEventInput } from '../../../../schema/events.js';
import { InvalidInputError } from '../../../errors.js';
import { parseInput } from '../../../input.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { type Sandbox, SandboxError } from '../../../sandbox/sandbox.js';
import { type Identity } from '../../auth/identity.js';
import { idempotencyKey } from '../../executions/idempotent-start.js';
import { type DeliveryRecord } from '../deliveries/delivery.types.js';
import { type Arrival, jsonPayload } from '../launch/arrival.js';
import { type Intake } from '../launch/intake.js';
import { type TriggerRecord } from '../trigger.types.js';
import { eventTypeSchema, isProductEvent, matchesPattern } from './event-pattern.js';
import { eventSettingsSchema } from './event-settings.js';

export interface TriggerEvent {
  id: string;
  workspaceId: string;
  type: string;
  payload: unknown;
  at: Date;
  /** How many events had launched runs, one by another, before it. */
  depth: number;
  source: string;
}

export interface EventDependencies {
  /** The active EVENT triggers of a workspace. */
  listening: (workspaceId: string) => Promise<TriggerRecord[]>;
  intake: Pick<Intake, 'accept' | 'refuse'>;
  sandbox: Pick<Sandbox, 'evaluate'>;
  now: () => Date;
}

/** More would be a loop: a workflow whose runs launch itself. */
const deepest = 8;
const longestPayload = 1024 * 1024;
const emitSchema = z.object({
  type: eventTypeSchema.refine((type) => !isProductEvent(type), 'Types that begin with execution, prompt, workflow, schedule or trigger are the product’s own. Choose another word.'),
  idempotencyKey: idempotencyKey.nullish(),
});

/** Lets what happens launch those workflows whose triggers wait for it, each once. */
export class EventsService {
  private readonly ids = new OrderedIds();

  constructor(private readonly deps: EventDependencies) {}

  /** @returns once the executions that it launches are stored. With the same idempotency key it is the same event, which launches nothing twice */
  async emit({ workspaceId }: Identity, input: EmitEventInput): Promise<{ id: string; deliveries: DeliveryRecord[] }> {
    const { type, idempotencyKey: key } = parseInput(emitSchema, input, 'input');
    const payload = input.payload ?? {};
    if (JSON.stringify(payload).length > longestPayload) throw new InvalidInputError([{ field: 'input.payload', message: 'Keep the payload to 1 MB of JSON.' }]);
    const at = this.deps.now();
    const id = key ? idOfKey(workspaceId, key) : this.ids.next(at);
    return { id, deliveries: await this.deliver({ id, workspaceId, type, payload, at, depth: 0, source: 'Emitted' }) };
  }

  /** Delivers an event to every trigger that waits for it. Doing so again launches nothing more. */
  async deliver(event: TriggerEvent): Promise<DeliveryRecord[]> {
    const listening = await this.deps.listening(event.workspaceId);
    const delivered = await Promise.all(listening.map((trigger) => this.deliverTo(trigger, event)));
    return delivered.filter((delivery) => delivery !== undefined);
  }

  private async deliverTo(trigger: TriggerRecord, event: TriggerEvent): Promise<DeliveryRecord | undefined> {
    const { id, type, payload, at, depth, source } = event;
    const settings = eventSettingsSchema.parse(trigger.settings);
    if (!matchesPattern(settings.type, type)) return undefined;
    const values = { event: { id, type, at: at.toISOString(), depth } };
    const arrival: Arrival = { trigger, receivedAt: this.deps.now(), source, dedupKey: id, ...jsonPayload(payload), values, depth: depth + 1 };
    const fits = await this.passes(settings.filter, event);
    if (fits === false) return undefined;
    if (fits !== true) return this.deps.intake.refuse(arrival, 'SKIPPED', `The filter failed on this event: ${fits}`);
    if (depth < deepest) return this.deps.intake.accept(arrival);
    return this.deps.intake.refuse(arrival, 'SKIPPED', `${deepest} runs have launched one another by events, which looks like a loop, so that it is cut here. Let a filter leave these events out.`);
  }

  /** @returns in words why that can't be said */
  private async passes(filter: string | undefined, { workspaceId, type, payload }: TriggerEvent): Promise<boolean | string> {
    if (filter === undefined) return true;
    try {
      return (await this.deps.sandbox.evaluate(filter, { type, payload }, { fairnessKey: workspaceId })) === true;
    } catch (error) {
      if (error instanceof SandboxError) return error.message;
      throw error;
    }
  }
}

/** The same for the same key. */
function idOfKey(workspaceId: string, key: string): string {
  const hex = createHash('sha256').update(`${workspaceId} ${key}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
