import { BoundedCache } from '../../../bounded-cache.js';
import { type BoundScheme } from './schemes/signature-scheme.js';
import { signatureSchemes } from './schemes/signature-schemes.js';
import { type WebhookSettings, webhookSettingsSchema } from './webhook-settings.js';

export interface BoundWebhook {
  settings: WebhookSettings;
  scheme: BoundScheme;
}

/** The settings of webhook triggers, read once for each revision. */
export class BoundWebhooks {
  private readonly bound = new BoundedCache<BoundWebhook>(1_000, 1_000_000);

  of({ id, revision, settings }: { id: string; revision: number; settings: unknown }): BoundWebhook {
    return this.bound.getOrMake(`${id} ${revision}`, () => {
      const read = webhookSettingsSchema.parse(settings);
      return { settings: read, scheme: signatureSchemes[read.scheme].bind(read.signature) };
    });
  }
}
