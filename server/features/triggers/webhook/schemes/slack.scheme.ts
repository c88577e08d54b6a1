import { z } from 'zod';
import { defineScheme } from './signature-scheme.js';
import { hmac, instantOfSeconds, randomSecret, textAt, textSecretProblem } from './signing.js';

const prefix = 'v0=';

/** https://docs.slack.dev/authentication/verifying-requests-from-slack: of events, slash commands and interactions. */
export const slack = defineScheme({
  name: 'Slack',
  secret: 'GIVEN',
  makeSecret: randomSecret,
  secretProblem: textSecretProblem,
  timestamped: true,
  sample: {
    payload: { type: 'event_callback', team_id: 'T123ABC456', event_id: 'Ev123ABC456', event: { type: 'app_mention', user: 'U123ABC456', text: 'What is the hour of the pearl?', channel: 'C123ABC456', ts: '1355517523.000008' } },
    headers: {},
  },
  settings: z.strictObject({}, 'This scheme has no settings.'),
  bind: () => ({
    claim({ headers, body }) {
      const [timestamp, signature] = [headers.get('X-Slack-Request-Timestamp'), headers.get('X-Slack-Signature')];
      const signedAt = instantOfSeconds(timestamp);
      if (signedAt === undefined || !signature?.startsWith(prefix)) return { missing: 'It has not both of the headers X-Slack-Request-Timestamp and X-Slack-Signature.' };
      return { signatures: [signature.slice(prefix.length)], signed: [`v0:${timestamp}:`, body], signedAt };
    },
    sign: (secret, signed) => hmac('sha256', secret, signed, 'hex'),
    deliveryId: (_request, payload, signature) => textAt(payload, 'event_id') ?? textAt(payload, 'trigger_id') ?? signature,
    handshake(_request, payload) {
      const challenge = textAt(payload, 'type') === 'url_verification' ? textAt(payload, 'challenge') : undefined;
      return challenge === undefined ? undefined : { answer: { challenge }, reason: 'Slack’s check of the address, which was answered.' };
    },
    payloadField: 'payload',
    signing: {
      lines: ['TIMESTAMP=$(date +%s)', `SIGNATURE=$(printf '%s' "v0:$TIMESTAMP:$BODY" | openssl dgst -sha256 -hmac "$SECRET" -r | cut -d' ' -f1)`],
      headers: ['X-Slack-Request-Timestamp: $TIMESTAMP', 'X-Slack-Signature: v0=$SIGNATURE'],
    },
    steps: [
      'Open your app at `https://api.slack.com/apps`. Under **Basic Information**, copy the *Signing Secret* and enter it here.',
      'Under **Event Subscriptions**, switch events on and enter the request URL `URL`. Slack checks it at once.',
      'Subscribe to the events, save, and install the app in the workspace. Slash commands and interactions may have the same address.',
    ],
  }),
});
