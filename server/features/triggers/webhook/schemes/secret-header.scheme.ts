import { z } from 'zod';
import { defineScheme } from './signature-scheme.js';
import { headerName, inDoubleQuotes, randomSecret, textSecretProblem } from './signing.js';

/** The secret itself in a header: of GitLab, Telegram, and of senders that can't sign. */
export const secretHeader = defineScheme({
  name: 'Secret in a header',
  secret: 'EITHER',
  makeSecret: randomSecret,
  secretProblem: textSecretProblem,
  timestamped: false,
  warning: 'Whoever sees one request can send others: nothing ties the secret to a body or a time. Prefer a signature where the sender can sign.',
  sample: { payload: {}, headers: {} },
  settings: z.strictObject(
    {
      header: headerName.default('X-Webhook-Secret'),
      /** What stands before the secret, such as `Bearer `. */
      prefix: z.string().max(50, 'Keep this to 50 characters.').default(''),
      idHeader: headerName.default('Idempotency-Key'),
    },
    'Give an object such as { "header": "X-Webhook-Secret" }.',
  ),
  bind: ({ header, prefix, idHeader }) => ({
    claim({ headers }) {
      const given = headers.get(header);
      return given?.startsWith(prefix) ? { signatures: [given.slice(prefix.length)], signed: [] } : { missing: `It has no header ${header}${prefix ? ` that begins with ${prefix.trim()}` : ''}.` };
    },
    sign: (secret) => secret,
    deliveryId: ({ headers }) => headers.get(idHeader),
    secretHeader: header,
    signing: { lines: [], headers: [`${inDoubleQuotes(header)}: ${inDoubleQuotes(prefix)}$SECRET`, `${inDoubleQuotes(idHeader)}: $(openssl rand -hex 16)`] },
    steps: [
      'Enter the address `URL` where the sender lists its webhooks.',
      `Let it send this trigger’s secret in the header \`${header}\`${prefix ? `, after \`${prefix.trim()}\`` : ''}.`,
      `Where it gives each delivery an id in the header \`${idHeader}\`, a repeated one launches nothing.`,
    ],
  }),
});
