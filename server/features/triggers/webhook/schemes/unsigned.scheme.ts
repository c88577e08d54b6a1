import { z } from 'zod';
import { defineScheme } from './signature-scheme.js';
import { headerName, inDoubleQuotes } from './signing.js';

/** Whoever knows the address is believed. */
export const unsigned = defineScheme({
  name: 'No signature',
  secret: 'NONE',
  makeSecret: () => '',
  secretProblem: () => undefined,
  timestamped: false,
  warning: 'Anyone who learns the address can launch the workflow, with whatever they like. Use this only for senders that can neither sign nor send a secret.',
  sample: { payload: {}, headers: {} },
  settings: z.strictObject({ idHeader: headerName.default('Idempotency-Key') }, 'Give the header, or nothing.'),
  bind: ({ idHeader }) => ({
    claim: () => ({ signatures: [''], signed: [] }),
    sign: () => '',
    deliveryId: ({ headers }) => headers.get(idHeader),
    signing: { lines: [], headers: [`${inDoubleQuotes(idHeader)}: $(openssl rand -hex 16)`] },
    steps: ['Enter the address `URL` where the sender lists its webhooks. Treat the address as a secret.', `Where it gives each delivery an id in the header \`${idHeader}\`, a repeated one launches nothing.`],
  }),
});
