import { z } from 'zod';
import { type SchemeName, signatureSchemes } from './schemes/signature-schemes.js';

const schemeNames: readonly string[] = Object.keys(signatureSchemes);

function isSchemeName(name: string): name is SchemeName {
  return schemeNames.includes(name);
}

const window = 'Give a whole number of seconds from 10 to 86400.';

/** What a webhook trigger says about who may send and what. */
export const webhookSettingsSchema = z
  .strictObject(
    {
      scheme: z.string().refine(isSchemeName, `Choose one of ${schemeNames.join(', ')}.`),
      /** What the scheme leaves open, such as the name of a header. */
      signature: z.record(z.string(), z.unknown()).default({}),
      /** How far the time of a signature may be from ours. */
      windowSeconds: z.int(window).min(10, window).max(86_400, window).default(300),
      /** A JSON Schema that the payload must fit. */
      payloadSchema: z.record(z.string(), z.unknown(), 'Give a JSON Schema as an object.').optional(),
    },
    'Give an object such as { "scheme": "STANDARD" }.',
  )
  .transform((settings, context) => {
    const parsed = signatureSchemes[settings.scheme].settings.safeParse(settings.signature);
    if (parsed.success) return { ...settings, signature: parsed.data };
    for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path: ['signature', ...path], message });
    return z.NEVER;
  });

export type WebhookSettings = z.output<typeof webhookSettingsSchema>;
