import { schemes } from '../form/types/webhook/webhook-settings';

type Scheme = (typeof schemes)[number];

/** How the senders of a webhook sign, by its settings as the API has them. */
export function schemeOf(settings: unknown): Scheme {
  const name: unknown = typeof settings === 'object' && settings !== null && 'scheme' in settings ? settings.scheme : undefined;
  const found = schemes.find(({ value }) => value === name);
  if (!found) throw new Error(`This client does not know webhooks of the scheme ${String(name)}.`);
  return found;
}
