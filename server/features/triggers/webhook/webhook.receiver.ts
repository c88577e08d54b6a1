import { createHash } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { isId } from '../../../input.js';
import { LockedError } from '../../../vault/vault.js';
import { type Arrival } from '../launch/arrival.js';
import { type Intake } from '../launch/intake.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type BoundWebhook, type BoundWebhooks } from './bound-webhooks.js';
import { accepted, type HookAnswer, notSigned, nothingHere, tooMany, tooOld, unfit } from './hook-answers.js';
import { type PayloadSchemas } from './payload-schemas.js';
import { type RefusalBound } from './refusal-bound.js';
import { payloadOf, type RequestPayload, UnreadableBodyError } from './request-payload.js';
import { HeaderReader } from './schemes/header-reader.js';
import { type RawRequest } from './schemes/signature-scheme.js';
import { type TriggerSecrets } from './trigger-secrets.js';
import { type Verification, verifyRequest } from './verify-request.js';

/** A request to the address of a webhook, as it came. */
export interface HookRequest {
  triggerId: string;
  headers: IncomingHttpHeaders;
  query: Readonly<Record<string, string>>;
  body: Buffer;
  /** The network address that it came from. */
  source: string;
}

/** A request of which there may be any number, to be kept for the trigger's owner. */
export interface HookRefusal {
  triggerId: string;
  arrival: Arrival;
  verdict: 'BAD_SIGNATURE' | 'STALE';
  reason: string;
}

/** Longest body that is kept of these. */
const longestRefusedBody = 8_192;

export interface WebhookReceiverParts {
  /** @returns undefined for one that was deleted, and for ids that never were */
  find: (id: string) => Promise<TriggerRecord | undefined>;
  intake: Pick<Intake, 'accept' | 'refuse'>;
  refusals: RefusalBound<HookRefusal>;
  webhooks: BoundWebhooks;
  secrets: TriggerSecrets;
  schemas: PayloadSchemas;
  now: () => Date;
}

/** Decides what becomes of the requests that reach the addresses of webhooks. Nothing in one is read, and nothing of it is answered, before its signature is known to be good. */
export class WebhookReceiver {
  constructor(private readonly parts: WebhookReceiverParts) {}

  /** Answers once what has to be kept of it is stored. */
  async receive(hook: HookRequest): Promise<HookAnswer> {
    const { find, webhooks, now } = this.parts;
    const trigger = isId(hook.triggerId) ? await find(hook.triggerId) : undefined;
    if (trigger?.type !== 'WEBHOOK') return nothingHere();
    const webhook = webhooks.of(trigger);
    const receivedAt = now();
    const request = { headers: new HeaderReader(hook.headers), body: hook.body };
    const arrival: Arrival = { trigger, receivedAt, source: hook.source, body: hook.body, headers: request.headers.texts(webhook.scheme.secretHeader), values: { query: hook.query } };
    const verification = await this.verify(trigger, webhook, request, receivedAt);
    if (verification.verdict === 'VALID') return this.take(arrival, webhook, request, verification.signature);
    if (isDeaf(trigger, receivedAt)) return nothingHere();
    await this.keepBounded(arrival, verification);
    return verification.verdict === 'STALE' ? tooOld() : notSigned();
  }

  private async verify(trigger: TriggerRecord, { settings, scheme }: BoundWebhook, request: RawRequest, now: Date): Promise<Verification> {
    if (settings.scheme === 'NONE') return { verdict: 'VALID', signature: '' };
    try {
      const secrets = await this.parts.secrets.goodAt(trigger, now);
      if (secrets.length === 0) return { verdict: 'BAD_SIGNATURE', reason: 'The trigger has no secret yet. Enter the one that the sender shows.' };
      return verifyRequest(scheme, request, { secrets, windowMs: settings.windowSeconds * 1_000, now: now.getTime() });
    } catch (error) {
      if (error instanceof LockedError) return { verdict: 'BAD_SIGNATURE', reason: 'The trigger’s secret can’t be read: it was stored under another ENCRYPTION_KEY. Rotate it.' };
      throw error;
    }
  }

  /** Of what is known to come from whom the trigger trusts. */
  private async take(arrival: Arrival, webhook: BoundWebhook, request: RawRequest, signature: string): Promise<HookAnswer> {
    const { trigger } = arrival;
    const read = this.read(request, webhook);
    if (read instanceof UnreadableBodyError) return this.refuse(arrival, 'INVALID_PAYLOAD', [read.message]);
    const known = { ...arrival, ...read, dedupKey: dedupKeyOf(webhook.scheme.deliveryId(request, read.payload, signature)) };
    const handshake = webhook.scheme.handshake?.(request, read.payload);
    if (handshake) {
      await this.parts.intake.refuse(known, 'SKIPPED', handshake.reason);
      return { status: 200, body: handshake.answer };
    }
    if (isDeaf(trigger, arrival.receivedAt)) return this.refuse(known, 'PAUSED', ['The trigger was paused.']);
    const { payloadSchema } = webhook.settings;
    const misfits = payloadSchema ? await this.parts.schemas.misfits(trigger, payloadSchema, read.payload) : [];
    if (misfits.length > 0) return this.refuse(known, 'INVALID_PAYLOAD', misfits);
    if (trigger.active) return this.accept(known);
    const { id } = await this.parts.intake.refuse(known, 'TEST', 'Listened to while the trigger was paused; it launched nothing.');
    return accepted({ deliveryId: id, executionId: null });
  }

  /** Of what may come from anybody. */
  private keepBounded(arrival: Arrival, { verdict, reason }: Exclude<Verification, { verdict: 'VALID' }>): Promise<void> {
    const { trigger, body } = arrival;
    const tooLong = body !== undefined && body.length > longestRefusedBody;
    return this.parts.refusals.keep({ triggerId: trigger.id, arrival: tooLong ? { ...arrival, body: undefined, payload: null } : arrival, verdict, reason });
  }

  private read(request: RawRequest, { scheme }: BoundWebhook): RequestPayload | UnreadableBodyError {
    try {
      return payloadOf(request, scheme.payloadField);
    } catch (error) {
      if (error instanceof UnreadableBodyError) return error;
      throw error;
    }
  }

  private async accept(arrival: Arrival): Promise<HookAnswer> {
    const delivery = await this.parts.intake.accept(arrival);
    if (delivery.verdict === 'RATE_LIMITED') return tooMany(60);
    return accepted({ deliveryId: delivery.id, executionId: delivery.executionId ?? null, ...(delivery.verdict === 'DUPLICATE' && { duplicate: true }) });
  }

  private async refuse(arrival: Arrival, verdict: 'INVALID_PAYLOAD' | 'PAUSED', problems: readonly string[]): Promise<HookAnswer> {
    await this.parts.intake.refuse(arrival, verdict, problems.join('; '));
    return verdict === 'PAUSED' ? nothingHere() : unfit(problems);
  }
}

/** Ids come from outside: what is long or odd is known by its hash. */
function dedupKeyOf(id: string | undefined): string | undefined {
  return id === undefined || /^[\x21-\x7e]{1,200}$/.test(id) ? id : createHash('sha256').update(id).digest('hex');
}

/** Whether it takes nothing: it is paused, and nobody listens for what would come. */
function isDeaf({ active, listeningUntil }: TriggerRecord, now: Date): boolean {
  return !active && !(listeningUntil !== undefined && listeningUntil > now);
}
