import { InvalidInputError } from '../../../errors.js';
import { type InputSchemas } from '../../workflows/input-schemas.js';
import { signatureSchemes } from '../webhook/schemes/signature-schemes.js';
import { type TriggerSecrets } from '../webhook/trigger-secrets.js';
import { webhookSettingsSchema } from '../webhook/webhook-settings.js';
import { fromPayload, type SavedTrigger, type TriggerType } from './trigger-type.js';

/** Launched by requests of other products to an address of its own, which prove by a signature whose they are. */
export function webhookTriggerType(secrets: TriggerSecrets, schemas: Pick<InputSchemas, 'problemOf'>): TriggerType {
  return {
    name: 'WEBHOOK',
    trigger: 'WEBHOOK',
    settings: webhookSettingsSchema,
    async check(settings, workspaceId) {
      const { payloadSchema } = webhookSettingsSchema.parse(settings);
      const problem = payloadSchema && (await schemas.problemOf(workspaceId, payloadSchema));
      return problem === undefined ? [] : [{ field: 'settings.payloadSchema', message: problem }];
    },
    sample(settings) {
      // A preview may ask before anything is chosen.
      const read = webhookSettingsSchema.safeParse(settings);
      const { payload, headers } = signatureSchemes[read.success ? read.data.scheme : 'HMAC'].sample;
      return { payload, headers: { 'content-type': 'application/json', ...headers }, query: {} };
    },
    mapping: fromPayload,
    async save(trigger) {
      const secret = await newSecretOf(trigger, secrets);
      if (secret === undefined) return { columns: {} };
      const none = { previousSecret: undefined, previousSecretExpiresAt: undefined };
      if (secret === null) return { columns: { secret: undefined, ...none } };
      return { columns: { secret: await secrets.seal(trigger, secret), ...none }, secret };
    },
  };
}

/** @returns null where it must have none, undefined where what it has may stay */
async function newSecretOf(trigger: SavedTrigger, secrets: TriggerSecrets): Promise<string | null | undefined> {
  const { settings, before, secret: given } = trigger;
  const scheme = signatureSchemes[webhookSettingsSchema.parse(settings).scheme];
  if (scheme.secret === 'NONE') return null;
  if (given !== undefined) {
    const problem = scheme.secretProblem(given);
    if (problem) throw new InvalidInputError([{ field: 'input.secret', message: problem }]);
    return given;
  }
  const present = before && (await secrets.present(before));
  if (present !== undefined && scheme.secretProblem(present) === undefined) return undefined;
  // It is entered once the sender has shown it, or made by a rotation: nobody would see one that is made here.
  return scheme.secret === 'GIVEN' || before ? null : scheme.makeSecret();
}
