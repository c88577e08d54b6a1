import { z } from 'zod';
import { type Trigger } from '../../../../schema/triggers.js';
import { type RotateTriggerSecretInput, type WebhookSetUp } from '../../../../schema/webhooks.js';
import { ConflictError, InvalidInputError } from '../../../errors.js';
import { exactText, parseInput } from '../../../input.js';
import { type Identity } from '../../auth/identity.js';
import { type TriggersService } from '../trigger.service.js';
import { type TriggerStore } from '../trigger.store.js';
import { type TriggerRecord } from '../trigger.types.js';
import { type BoundWebhook, type BoundWebhooks } from './bound-webhooks.js';
import { curlCommand } from './curl-command.js';
import { samplePayload } from './sample-payload.js';
import { signatureSchemes } from './schemes/signature-schemes.js';
import { type TriggerSecrets } from './trigger-secrets.js';

const hours = 'Give a whole number of hours from 0 to 168.';
const rotationSchema = z.object({ secret: exactText().nullish(), keepPreviousForHours: z.int(hours).min(0, hours).max(168, hours) });
const hourMs = 3_600_000;
const listenMs = 10 * 60_000;

export interface WebhookServiceParts {
  triggers: Pick<TriggersService, 'find'>;
  store: Pick<TriggerStore, 'change' | 'setListening'>;
  webhooks: BoundWebhooks;
  secrets: TriggerSecrets;
  publicUrl: string | undefined;
  now: () => Date;
}

/** What the people who set a webhook up need: its address, its secret, and to see what arrives. */
export class WebhookService {
  constructor(private readonly parts: WebhookServiceParts) {}

  /** @returns undefined for a trigger of another type */
  setUp(trigger: Pick<Trigger, 'id' | 'type' | 'settings' | 'revision' | 'mapping' | 'hasSecret'>): WebhookSetUp | undefined {
    if (trigger.type !== 'WEBHOOK') return undefined;
    const { settings, scheme } = this.parts.webhooks.of(trigger);
    return {
      address: `${this.parts.publicUrl?.replace(/\/$/, '') ?? ''}/hooks/${trigger.id}`,
      steps: [...scheme.steps],
      command: curlCommand(scheme, samplePayload(signatureSchemes[settings.scheme].sample.payload, trigger.mapping)),
      secretMissing: settings.scheme !== 'NONE' && !trigger.hasSecret,
    };
  }

  /**
   * Gives a trigger another secret; the one before may be accepted for a while, so that the sender can be changed meanwhile.
   * @returns the secret where it was made here, which can't be read again
   */
  async rotate({ workspaceId }: Identity, input: RotateTriggerSecretInput): Promise<{ trigger: TriggerRecord; secret: string | undefined }> {
    const before = await this.parts.triggers.find(workspaceId, input.triggerId);
    const { settings } = this.webhookOf(before);
    const scheme = signatureSchemes[settings.scheme];
    if (scheme.secret === 'NONE') throw new InvalidInputError([{ field: 'input.triggerId', message: 'Its requests are not signed, so that it has no secret. Choose how the sender signs first.' }]);
    const { secret: given, keepPreviousForHours } = parseInput(rotationSchema, input, 'input');
    const secret = given ?? scheme.makeSecret();
    const problem = scheme.secretProblem(secret);
    if (problem) throw new InvalidInputError([{ field: 'input.secret', message: problem }]);
    const present = await this.parts.secrets.present(before);
    const keeps = keepPreviousForHours > 0 && present !== undefined && scheme.secretProblem(present) === undefined;
    const columns = {
      secret: await this.parts.secrets.seal(before, secret),
      previousSecret: keeps ? before.secret : undefined,
      previousSecretExpiresAt: keeps ? new Date(this.parts.now().getTime() + keepPreviousForHours * hourMs) : undefined,
    };
    const trigger = await this.parts.store.change(workspaceId, before, columns, {});
    if (!trigger) throw new ConflictError(`${before.name} was changed in the same moment. Try again.`);
    return { trigger, secret: given ? undefined : secret };
  }

  /** For ten minutes what arrives at a paused trigger is kept to be looked at, and launches nothing. @param on false ends it at once */
  async listen({ workspaceId }: Identity, triggerId: string, on: boolean): Promise<TriggerRecord> {
    const before = await this.parts.triggers.find(workspaceId, triggerId);
    this.webhookOf(before);
    return this.parts.store.setListening(workspaceId, triggerId, on ? new Date(this.parts.now().getTime() + listenMs) : null);
  }

  private webhookOf(trigger: TriggerRecord): BoundWebhook {
    if (trigger.type !== 'WEBHOOK') throw new InvalidInputError([{ field: 'input.triggerId', message: 'It is no webhook.' }]);
    return this.parts.webhooks.of(trigger);
  }
}
