import { z } from 'zod';
import { defineScheme } from './signature-scheme.js';
import { hmac, randomSecret, textSecretProblem } from './signing.js';

const prefix = 'sha256=';

/** https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries: of GitHub, and of Gitea and Forgejo. */
export const github = defineScheme({
  name: 'GitHub',
  secret: 'EITHER',
  makeSecret: randomSecret,
  secretProblem: textSecretProblem,
  timestamped: false,
  sample: {
    payload: { action: 'opened', repository: { full_name: 'octocat/hello-world' }, sender: { login: 'octocat' }, issue: { number: 1, title: 'Found a bug', body: 'It does not work.' } },
    headers: { 'x-github-event': 'issues', 'x-github-delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' },
  },
  settings: z.strictObject({}, 'This scheme has no settings.'),
  bind: () => ({
    claim({ headers, body }) {
      const signature = headers.get('X-Hub-Signature-256');
      if (!signature?.startsWith(prefix)) return { missing: 'It has no header X-Hub-Signature-256 that begins with sha256=. Has the webhook a secret at GitHub?' };
      return { signatures: [signature.slice(prefix.length)], signed: [body] };
    },
    sign: (secret, signed) => hmac('sha256', secret, signed, 'hex'),
    deliveryId: ({ headers }, _payload, signature) => headers.get('X-GitHub-Delivery') ?? signature,
    handshake: ({ headers }) => (headers.get('X-GitHub-Event') === 'ping' ? { answer: { ok: true }, reason: 'GitHub’s ping to a new webhook; it launches nothing.' } : undefined),
    payloadField: 'payload',
    signing: {
      lines: [`SIGNATURE=$(printf '%s' "$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`],
      headers: ['X-GitHub-Event: push', 'X-GitHub-Delivery: $(openssl rand -hex 16)', 'X-Hub-Signature-256: sha256=$SIGNATURE'],
    },
    steps: [
      'In the repository or organisation, open Settings, Webhooks, and press **Add webhook**.',
      'Payload URL: `URL`. Content type: `application/json`.',
      'Secret: this trigger’s secret.',
      'Choose the events and press **Add webhook**. GitHub sends a ping at once; it appears under Deliveries and launches nothing.',
    ],
  }),
});
