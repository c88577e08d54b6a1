import { z } from 'zod';
import { defineScheme } from './signature-scheme.js';
import { headerName, hmac, instantOfSeconds, randomSecret, textAt, textSecretProblem } from './signing.js';

/** https://docs.stripe.com/webhooks/signature: `t=…,v1=…` in one header, which others have taken over under names of their own. */
export const stripe = defineScheme({
  name: 'Stripe',
  secret: 'GIVEN',
  makeSecret: () => `whsec_${randomSecret()}`,
  secretProblem: textSecretProblem,
  timestamped: true,
  sample: {
    payload: { id: 'evt_1NG8Du2eZvKYlo2CUI79vXWy', object: 'event', type: 'payment_intent.succeeded', data: { object: { id: 'pi_1', amount: 2000, currency: 'usd' } } },
    headers: {},
  },
  settings: z.strictObject({ header: headerName.default('Stripe-Signature') }, 'Give the header, or nothing.'),
  bind: ({ header }) => ({
    claim({ headers, body }) {
      const parts = (headers.get(header) ?? '').split(',').map((pair) => pair.trim().split('='));
      const timestamp = parts.find(([name]) => name === 't')?.[1];
      const signedAt = instantOfSeconds(timestamp);
      const signatures = parts.flatMap(([name, value]) => (name === 'v1' && value ? [value] : []));
      if (signedAt === undefined || signatures.length === 0) return { missing: `It has no header ${header} with t=… and v1=….` };
      return { signatures, signed: [`${timestamp}.`, body], signedAt };
    },
    sign: (secret, signed) => hmac('sha256', secret, signed, 'hex'),
    deliveryId(_request, payload, signature) {
      // What others sign this way may be about an order with an id, of which more will be told.
      const id = textAt(payload, 'id');
      return id?.startsWith('evt_') ? id : signature;
    },
    signing: {
      lines: ['TIMESTAMP=$(date +%s)', `SIGNATURE=$(printf '%s' "$TIMESTAMP.$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`],
      headers: [`${header}: t=$TIMESTAMP,v1=$SIGNATURE`],
    },
    steps: [
      'In the Stripe Dashboard, open Developers, Webhooks, and press **Add destination**.',
      'Choose the events, then *Webhook endpoint* with the address `URL`.',
      'Copy its signing secret, which begins with `whsec_`, and enter it here.',
      'Press **Send test event**, or run `stripe trigger payment_intent.succeeded`.',
    ],
  }),
});
