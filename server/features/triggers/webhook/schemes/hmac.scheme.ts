import { z } from 'zod';
import { type BoundScheme, type Claim, defineScheme, type RawRequest } from './signature-scheme.js';
import { headerName, hmac, inDoubleQuotes, instantOf, randomSecret, textSecretProblem } from './signing.js';

const tokens = /\{(body|timestamp|id)\}/;

const settingsSchema = z
  .strictObject(
    {
      /** Of the signature. */
      header: headerName.default('X-Signature'),
      algorithm: z.enum(['sha256', 'sha512', 'sha1'], 'Choose sha256, sha512 or sha1.').default('sha256'),
      encoding: z.enum(['hex', 'base64'], 'Choose hex or base64.').default('hex'),
      /** What stands before the signature, such as `sha256=`. */
      prefix: z.string().max(50, 'Keep this to 50 characters.').default(''),
      timestampHeader: headerName.optional(),
      /** What is signed. */
      template: z.string().max(500, 'Keep this to 500 characters.').optional(),
      idHeader: headerName.optional(),
      /** Where nothing tells a repeated request from a new one that says the same: take both. */
      acceptRepeats: z.boolean().default(false),
    },
    'Give an object such as { "header": "X-Signature" }.',
  )
  .transform(({ template, ...rest }) => ({ ...rest, template: template ?? (rest.timestampHeader ? '{timestamp}.{body}' : '{body}') }))
  .superRefine(({ template, timestampHeader, idHeader }, context) => {
    const used = new Set(template.split(tokens).filter((_, index) => index % 2 === 1));
    const problem = (message: string) => context.addIssue({ code: 'custom', path: ['template'], message });
    if (!used.has('body')) problem('What is signed must contain {body}: else anything could be sent under a signature.');
    if (used.has('timestamp') && !timestampHeader) problem('Name the header of the timestamp, or take {timestamp} out.');
    if (timestampHeader && !used.has('timestamp')) problem('A timestamp that is not signed proves nothing: put {timestamp} in, or take its header out.');
    if (used.has('id') && !idHeader) problem('Name the header of the id, or take {id} out.');
  });
type Settings = z.output<typeof settingsSchema>;

/** An HMAC over the body, and a timestamp where there is one, in a header: how most others sign. */
export const hmacSignature = defineScheme({
  name: 'HMAC signature',
  secret: 'EITHER',
  makeSecret: randomSecret,
  secretProblem: textSecretProblem,
  timestamped: 'WITH_SETTINGS',
  sample: { payload: {}, headers: {} },
  settings: settingsSchema,
  bind: (settings) => ({
    claim: (request) => claimOf(request, settings),
    sign: (secret, signed) => hmac(settings.algorithm, secret, signed, settings.encoding),
    deliveryId({ headers }, _payload, signature) {
      const id = settings.idHeader ? headers.get(settings.idHeader) : undefined;
      return id ?? (settings.acceptRepeats && !settings.timestampHeader ? undefined : signature);
    },
    signing: signingOf(settings),
    steps: [
      'Enter the address `URL` where the sender lists its webhooks, and give it this trigger’s secret.',
      `It must send the HMAC (${settings.algorithm.toUpperCase()}, ${settings.encoding}) of \`${settings.template}\` in the header \`${settings.header}\`${settings.prefix ? `, after \`${settings.prefix}\`` : ''}${settings.timestampHeader ? `, and the time in \`${settings.timestampHeader}\`` : ''}.`,
    ],
  }),
});

function claimOf({ headers, body }: RawRequest, { header, prefix, encoding, timestampHeader, idHeader, template }: Settings): Claim | { missing: string } {
  const given = headers.get(header);
  if (given === undefined) return { missing: `It has no header ${header}.` };
  if (!given.startsWith(prefix)) return { missing: `Its header ${header} does not begin with ${prefix}.` };
  const timestamp = timestampHeader ? headers.get(timestampHeader) : undefined;
  const signedAt = timestamp === undefined ? undefined : instantOf(timestamp);
  if (timestampHeader && signedAt === undefined) return { missing: `It has no header ${timestampHeader} with seconds or milliseconds since 1970, or an ISO time with its zone.` };
  const id = idHeader ? headers.get(idHeader) : undefined;
  if (template.includes('{id}') && id === undefined) return { missing: `It has no header ${idHeader}.` };
  const values: Readonly<Record<string, string | Buffer | undefined>> = { body, timestamp, id };
  const signed = template.split(tokens).map((part, index) => (index % 2 === 1 ? (values[part] ?? '') : part));
  const signature = given.slice(prefix.length).trim();
  return { signatures: [encoding === 'hex' ? signature.toLowerCase() : signature], signed, signedAt };
}

const variables: Readonly<Record<string, string>> = { body: '$BODY', timestamp: '$TIMESTAMP', id: '$ID' };

function signingOf({ header, algorithm, encoding, prefix, timestampHeader, idHeader, template }: Settings): BoundScheme['signing'] {
  const text = template.split(tokens).map((part, index) => (index % 2 === 1 ? variables[part] : inDoubleQuotes(part)));
  const digest = encoding === 'hex' ? "-r | cut -d' ' -f1" : '-binary | openssl base64 -A';
  return {
    lines: [
      ...(timestampHeader ? ['TIMESTAMP=$(date +%s)'] : []),
      ...(idHeader ? ['ID=$(openssl rand -hex 16)'] : []),
      `SIGNATURE=$(printf '%s' "${text.join('')}" | openssl dgst -${algorithm} -hmac "$SECRET" ${digest})`,
    ],
    headers: [
      ...(timestampHeader ? [`${inDoubleQuotes(timestampHeader)}: $TIMESTAMP`] : []),
      ...(idHeader ? [`${inDoubleQuotes(idHeader)}: $ID`] : []),
      `${inDoubleQuotes(header)}: ${inDoubleQuotes(prefix)}$SIGNATURE`,
    ],
  };
}
