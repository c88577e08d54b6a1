import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { defineScheme, type RawRequest } from './signature-scheme.js';
import { hmac, instantOfSeconds } from './signing.js';

const prefix = 'whsec_';

/** https://www.standardwebhooks.com: of Svix, Clerk, Resend, OpenAI, Twilio and others. */
export const standardWebhooks = defineScheme({
  name: 'Standard Webhooks',
  secret: 'EITHER',
  makeSecret: () => prefix + randomBytes(32).toString('base64'),
  secretProblem(secret) {
    const encoded = secret.slice(prefix.length);
    const length = secret.startsWith(prefix) && /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64').length : 0;
    return length < 16 || length > 128 ? 'Give the whole secret: whsec_ and then base64.' : undefined;
  },
  timestamped: true,
  sample: { payload: { type: 'contact.created', timestamp: '2026-03-01T09:00:00Z', data: { id: '1f81eb52-5198-4599-803e-771906343485' } }, headers: { 'webhook-id': 'msg_2KWPBgLlAfxdpx2AI54pPJ85f4W' } },
  settings: z.strictObject({}, 'This scheme has no settings.'),
  bind: () => ({
    claim(request) {
      const [id, timestamp, list] = [part(request, 'id'), part(request, 'timestamp'), part(request, 'signature')];
      const signedAt = instantOfSeconds(timestamp);
      if (id === undefined || signedAt === undefined || list === undefined) return { missing: 'It has not all of the headers webhook-id, webhook-timestamp and webhook-signature.' };
      // Signatures of versions that are not known here may stand beside; v1a is of another kind of key.
      const signatures = list.split(' ').flatMap((one) => (one.startsWith('v1,') ? one.slice(3) : []));
      return signatures.length === 0 ? { missing: 'Its webhook-signature has no signature of version v1.' } : { signatures, signed: [`${id}.${timestamp}.`, request.body], signedAt };
    },
    sign: (secret, signed) => hmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'), signed, 'base64'),
    deliveryId: (request) => part(request, 'id'),
    signing: {
      lines: [
        'ID="msg_$(openssl rand -hex 12)"',
        'TIMESTAMP=$(date +%s)',
        `KEY=$(printf '%s' "\${SECRET#whsec_}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')`,
        `SIGNATURE=$(printf '%s' "$ID.$TIMESTAMP.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)`,
      ],
      headers: ['webhook-id: $ID', 'webhook-timestamp: $TIMESTAMP', 'webhook-signature: v1,$SIGNATURE'],
    },
    steps: [
      'Add an endpoint with the address `URL` where the sender lists its webhooks.',
      'Give the sender this trigger’s secret, which begins with `whsec_`; or copy the secret that the sender made and enter it here.',
      'Choose the events that are to be sent, and send a test event.',
    ],
  }),
});

/** By its present name, or the one that Svix gave it first. */
function part({ headers }: RawRequest, name: 'id' | 'timestamp' | 'signature'): string | undefined {
  return headers.get(`webhook-${name}`) ?? headers.get(`svix-${name}`);
}
