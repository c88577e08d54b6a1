export type WebhookScheme = 'STANDARD' | 'GITHUB' | 'STRIPE' | 'SLACK' | 'HMAC' | 'HEADER' | 'NONE';

export interface WebhookSettings {
  scheme: WebhookScheme;
  /** What the scheme leaves open, by name. What is empty is left to the server. */
  signature: Readonly<Record<string, unknown>>;
  windowSeconds: number;
  /** While it is no JSON object yet, the text as it is typed. */
  payloadSchema?: unknown;
}

interface SchemeWords {
  value: WebhookScheme;
  label: string;
  hint: string;
  /** Where the secret comes from. */
  secret: 'MADE_HERE' | 'MADE_BY_SENDER' | 'NONE';
  warning?: string;
  /** What such a sender sends, in short. */
  sample: Readonly<Record<string, unknown>>;
}

export const schemes: readonly SchemeWords[] = [
  { value: 'STANDARD', label: 'Standard Webhooks', hint: 'Svix, Clerk, Resend, OpenAI and others that follow the standard.', secret: 'MADE_HERE', sample: { type: 'contact.created', data: {} } },
  { value: 'GITHUB', label: 'GitHub', hint: 'Also Gitea and Forgejo.', secret: 'MADE_HERE', sample: { action: 'opened', repository: { full_name: 'octocat/hello-world' }, sender: { login: 'octocat' } } },
  { value: 'STRIPE', label: 'Stripe', hint: 'Also others that sign as t=…,v1=… in one header.', secret: 'MADE_BY_SENDER', sample: { id: 'evt_1', type: 'payment_intent.succeeded', data: { object: { amount: 2000, currency: 'usd' } } } },
  { value: 'SLACK', label: 'Slack', hint: 'Events, slash commands and interactions.', secret: 'MADE_BY_SENDER', sample: { type: 'event_callback', event: { type: 'app_mention', user: 'U123', text: 'Hello', channel: 'C123' } } },
  { value: 'HMAC', label: 'HMAC signature', hint: 'Most others: a signature of the body in a header.', secret: 'MADE_HERE', sample: {} },
  {
    value: 'HEADER',
    label: 'Secret in a header',
    hint: 'For senders that can’t sign, such as GitLab or Telegram.',
    secret: 'MADE_HERE',
    sample: {},
    warning: 'Whoever sees one request can send others. Prefer a signature where the sender can sign.',
  },
  {
    value: 'NONE',
    label: 'No signature',
    hint: 'Whoever knows the address is believed.',
    secret: 'NONE',
    sample: {},
    warning: 'Anyone who learns the address can launch the workflow, with whatever they like. Use this only for senders that can neither sign nor send a secret.',
  },
];

export function wordsOf(scheme: WebhookScheme): SchemeWords {
  const found = schemes.find(({ value }) => value === scheme);
  if (!found) throw new Error(`There is no scheme ${scheme}.`);
  return found;
}

/** What a new webhook begins with. */
export function newWebhook(): WebhookSettings {
  return { scheme: 'STANDARD', signature: {}, windowSeconds: 300 };
}

/** Whether its requests say when they were signed. */
export function isTimestamped({ scheme, signature }: WebhookSettings): boolean {
  return ['STANDARD', 'STRIPE', 'SLACK'].includes(scheme) || (scheme === 'HMAC' && textOf(signature, 'timestampHeader') !== '');
}

export function textOf(signature: WebhookSettings['signature'], name: string): string {
  const value = signature[name];
  return typeof value === 'string' ? value : '';
}

/** The same with another value; an empty one is left out. */
export function withPart(signature: WebhookSettings['signature'], name: string, value: unknown): WebhookSettings['signature'] {
  const { [name]: _before, ...others } = signature;
  return value === '' || value === false ? others : { ...others, [name]: value };
}
