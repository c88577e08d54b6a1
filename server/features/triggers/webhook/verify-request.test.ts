import { createHmac } from 'node:crypto';
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { HeaderReader } from './schemes/header-reader.js';
import { type BoundScheme, type RawRequest } from './schemes/signature-scheme.js';
import { type SchemeName, signatureSchemes } from './schemes/signature-schemes.js';
import { sameText } from './schemes/signing.js';
import { type Verification, verifyRequest } from './verify-request.js';

const slackBody =
  'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';

const stripeBody = `${JSON.stringify(
  {
    id: 'evt_123',
    object: 'event',
    account: 'acct_123',
    api_version: '2017-05-25',
    created: 1533204620,
    data: {
      object: {
        id: 'ii_123',
        object: 'invoiceitem',
        amount: 1000,
        currency: 'usd',
        customer: 'cus_123',
        date: 1533204620,
        description: 'Test Invoice Item',
        discountable: false,
        invoice: 'in_123',
        livemode: false,
        metadata: {},
        period: { start: 1533204620, end: 1533204620 },
        proration: false,
        quantity: 3,
      },
    },
    livemode: false,
    pending_webhooks: 1,
    request: { id: 'req_123', idempotency_key: 'idempotency-key-123' },
    type: 'invoiceitem.created',
  },
  null,
  2,
)}\n`;

interface Vector {
  scheme: SchemeName;
  settings?: Readonly<Record<string, unknown>>;
  secret: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** Seconds since 1970. */
  at: number;
}

/** What the providers publish as examples. */
const published: Record<string, Vector> = {
  'the Standard Webhooks specification': {
    scheme: 'STANDARD',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    headers: { 'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek', 'webhook-timestamp': '1614265330', 'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
    body: '{"test": 2432232314}',
    at: 1614265330,
  },
  "GitHub's documentation": {
    scheme: 'GITHUB',
    secret: "It's a Secret to Everybody",
    headers: { 'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17' },
    body: 'Hello, World!',
    at: 0,
  },
  'the tests of a Stripe library, with a signature of v0 beside it': {
    scheme: 'STRIPE',
    secret: 'webhook_secret',
    headers: { 'stripe-signature': 't=1533204620,v1=82216eca827bcb7b34b8055eb2d2d9e6bc13b9ac39ded14a61e69f70c565f53a,v0=63f3a72374a733066c4be69ed7f8e5ac85c22c9f0a6a612ab9a025a9e4ee7eef' },
    body: stripeBody,
    at: 1533204620,
  },
  "Slack's documentation": {
    scheme: 'SLACK',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    headers: { 'x-slack-request-timestamp': '1531420618', 'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503' },
    body: slackBody,
    at: 1531420618,
  },
  'RFC 4231, test case 2, as an HMAC of SHA-512': {
    scheme: 'HMAC',
    settings: { algorithm: 'sha512' },
    secret: 'Jefe',
    headers: { 'x-signature': '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737' },
    body: 'what do ya want for nothing?',
    at: 0,
  },
  'RFC 2202, test case 2, as an HMAC of SHA-1 in upper case': {
    scheme: 'HMAC',
    settings: { algorithm: 'sha1', header: 'X-Sig', prefix: 'sha1=' },
    secret: 'Jefe',
    headers: { 'x-sig': 'sha1=EFFCDF6AE5EB2FA2D27416D5F184DF9C259A7C79' },
    body: 'what do ya want for nothing?',
    at: 0,
  },
};

const window = 300_000;

function bound(scheme: SchemeName, settings: Vector['settings'] = {}): BoundScheme {
  const kind = signatureSchemes[scheme];
  return kind.bind(kind.settings.parse(settings));
}

function request(headers: Vector['headers'], body: string | Buffer): RawRequest {
  return { headers: new HeaderReader(headers), body: Buffer.from(body) };
}

function verify(vector: Vector, changed: Partial<Vector> = {}, secrets?: readonly string[]): Verification {
  const { scheme, settings, secret, headers, body, at } = { ...vector, ...changed };
  return verifyRequest(bound(scheme, settings), request(headers, body), { secrets: secrets ?? [secret], windowMs: window, now: at * 1_000 });
}

describe.each(Object.entries(published))('What stands in %s', (_, vector) => {
  it('is accepted', () => {
    expect(verify(vector)).toMatchObject({ verdict: 'VALID' });
  });

  it('is refused with another body, an empty one, or white space at its end', () => {
    for (const body of [`${vector.body} `, vector.body.slice(1), '', vector.body.toUpperCase()]) expect(verify(vector, { body }).verdict).toBe('BAD_SIGNATURE');
  });

  it('is refused under any other secret, however near', () => {
    for (const secret of [`x${vector.secret}`, vector.secret.toUpperCase(), vector.secret.slice(0, -1), '']) expect(verify(vector, { secret }).verdict).toBe('BAD_SIGNATURE');
    expect(verify(vector, {}, []).verdict).toBe('BAD_SIGNATURE');
  });

  it('is refused where any header is absent, empty, cut off or longer', () => {
    for (const [name, value] of Object.entries(vector.headers)) {
      const { [name]: _gone, ...others } = vector.headers;
      expect(verify(vector, { headers: others }).verdict).toBe('BAD_SIGNATURE');
      // The last of Stripe's signatures is of a version that does not count.
      if (vector.scheme === 'STRIPE') continue;
      for (const other of ['', value.slice(0, -1), `${value}0`, value.slice(3)]) expect(verify(vector, { headers: { ...others, [name]: other } }).verdict).toBe('BAD_SIGNATURE');
    }
  });

  it('is accepted under the secret before, while both are good', () => {
    expect(verify(vector, {}, ['whsec_bmV3bmV3bmV3bmV3bmV3bmV3bmV3', vector.secret])).toMatchObject({ verdict: 'VALID' });
  });
});

describe.each(Object.entries(published).filter(([, { at }]) => at > 0))('The time in what stands in %s', (_, vector) => {
  it('may be five minutes away, either way, and no more', () => {
    for (const seconds of [-300, 300]) expect(verify(vector, { at: vector.at + seconds }).verdict).toBe('VALID');
    expect(verify(vector, { at: vector.at + 301 })).toEqual({ verdict: 'STALE', reason: 'It was signed 5 minutes ago; 5 minutes at most are accepted.' });
    expect(verify(vector, { at: vector.at - 86_400 })).toEqual({ verdict: 'STALE', reason: 'It was signed 24 hours from now; 5 minutes at most are accepted.' });
  });

  it('is part of what is signed', () => {
    const headers = Object.fromEntries(Object.entries(vector.headers).map(([name, value]) => [name, value.replace(String(vector.at), String(vector.at + 1))]));
    expect(verify(vector, { headers, at: vector.at + 1 }).verdict).toBe('BAD_SIGNATURE');
  });

  it('is refused where it is no number of seconds', () => {
    for (const other of ['', 'now', '-1', '1e9', '1614265330.5', '９'.repeat(10), '9'.repeat(400)]) {
      const headers = Object.fromEntries(Object.entries(vector.headers).map(([name, value]) => [name, value.replace(String(vector.at), other)]));
      expect(verify(vector, { headers }).verdict).toBe('BAD_SIGNATURE');
    }
  });
});

describe('Standard Webhooks', () => {
  const vector = published['the Standard Webhooks specification'] ?? fail();
  const right = vector.headers['webhook-signature'] ?? '';

  it('finds the right signature among several, and passes over versions that are not known', () => {
    for (const list of [`v1,${'A'.repeat(43)}= ${right}`, `v1a,abc v9,def ${right}`, `${right} v1,`]) expect(verify(vector, { headers: { ...vector.headers, 'webhook-signature': list } }).verdict).toBe('VALID');
    for (const list of [right.replace('v1', 'v2'), right.slice(3), 'v1,', 'v1', `v1, ${right.slice(3)}`]) expect(verify(vector, { headers: { ...vector.headers, 'webhook-signature': list } }).verdict).toBe('BAD_SIGNATURE');
  });

  it('takes the names of headers that Svix gave them first', () => {
    const headers = Object.fromEntries(Object.entries(vector.headers).map(([name, value]) => [name.replace('webhook', 'svix'), value]));
    expect(verify(vector, { headers }).verdict).toBe('VALID');
  });

  it('takes a secret only whole', () => {
    const { secretProblem, makeSecret } = signatureSchemes.STANDARD;
    expect(secretProblem(makeSecret())).toBeUndefined();
    for (const secret of ['MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'whsec_', 'whsec_abc', 'whsec_###']) expect(secretProblem(secret)).toContain('whsec_');
  });
});

test('A header with thousands of signatures costs ten comparisons', () => {
  const vector = published['the Standard Webhooks specification'] ?? fail();
  const list = `${'v1,x '.repeat(3_000)}${vector.headers['webhook-signature']}`;
  expect(verify(vector, { headers: { ...vector.headers, 'webhook-signature': list } }).verdict).toBe('BAD_SIGNATURE');
});

test('Names of headers are found in whatever case they are asked for', () => {
  expect(new HeaderReader({ 'x-hub-signature-256': 'a' }).get('X-HUB-Signature-256')).toBe('a');
  const settings = { header: 'x-SIG' };
  const signature = createHmac('sha256', 'a secret').update('body').digest('hex');
  expect(verify({ scheme: 'HMAC', settings, secret: 'a secret', headers: { 'x-sig': signature }, body: 'body', at: 0 }).verdict).toBe('VALID');
});

describe('An HMAC', () => {
  it('signs what its template says, with the time in seconds, milliseconds or ISO 8601', () => {
    const settings = { encoding: 'base64', prefix: 'v2:', timestampHeader: 'X-Time', idHeader: 'X-Id', template: 'POST\n{id}|{timestamp}|{body}$' };
    for (const [time, at] of [['1700000000', 1700000000], ['1700000000123', 1700000000], ['2023-11-14T22:13:20Z', 1700000000], ['2023-11-15T00:13:20+02:00', 1700000000]] as const) {
      const signature = createHmac('sha256', 'a secret').update(`POST\nd1|${time}|${'{"ü":"日本"}'}$`).digest('base64');
      const vector: Vector = { scheme: 'HMAC', settings, secret: 'a secret', headers: { 'x-signature': `v2:${signature}`, 'x-time': time, 'x-id': 'd1' }, body: '{"ü":"日本"}', at };
      expect(verify(vector).verdict).toBe('VALID');
      expect(verify(vector, { at: at + 301 }).verdict).toBe('STALE');
      expect(verify(vector, { headers: { ...vector.headers, 'x-id': 'd2' } }).verdict).toBe('BAD_SIGNATURE');
    }
  });

  it.each([
    [{ template: 'hello' }, 'must contain {body}'],
    [{ template: '{timestamp}{body}' }, 'Name the header of the timestamp'],
    [{ timestampHeader: 'X-Time', template: '{body}' }, 'A timestamp that is not signed proves nothing'],
    [{ template: '{id}{body}' }, 'Name the header of the id'],
    [{ header: 'X Signature' }, 'Give the name of an HTTP header'],
    [{ algorithm: 'md5' }, 'Choose sha256'],
  ])('is not set up with %j', (settings, message) => {
    expect(signatureSchemes.HMAC.settings.safeParse(settings).error?.message).toContain(message);
  });
});

describe('What tells a repeated request', () => {
  const deliveryId = (scheme: SchemeName, headers: Vector['headers'], payload: unknown = null, settings: Vector['settings'] = {}) => bound(scheme, settings).deliveryId(request(headers, ''), payload, 'SIGNATURE');

  it('is the id that the provider gives each delivery', () => {
    expect(deliveryId('STANDARD', { 'webhook-id': 'msg_1' })).toBe('msg_1');
    expect(deliveryId('GITHUB', { 'x-github-delivery': 'd1' })).toBe('d1');
    expect(deliveryId('STRIPE', {}, { id: 'evt_1' })).toBe('evt_1');
    expect(deliveryId('SLACK', {}, { event_id: 'Ev1' })).toBe('Ev1');
    expect(deliveryId('SLACK', {}, { trigger_id: '1.2' })).toBe('1.2');
    expect(deliveryId('HMAC', { 'x-id': 'd1' }, null, { idHeader: 'X-Id' })).toBe('d1');
    expect(deliveryId('HEADER', { 'idempotency-key': 'k' })).toBe('k');
  });

  it('is the signature where there is no such id', () => {
    expect(deliveryId('GITHUB', {})).toBe('SIGNATURE');
    expect(deliveryId('STRIPE', {}, { id: 'order_1' })).toBe('SIGNATURE');
    expect(deliveryId('SLACK', {}, 'text')).toBe('SIGNATURE');
    expect(deliveryId('HMAC', {})).toBe('SIGNATURE');
  });

  it('is nothing where a new request may be the same as the one before', () => {
    expect(deliveryId('HMAC', {}, null, { acceptRepeats: true })).toBeUndefined();
    expect(deliveryId('HEADER', {})).toBeUndefined();
    expect(deliveryId('NONE', {})).toBeUndefined();
  });
});

test("Slack's check of an address is answered, and GitHub's ping; what looks like them elsewhere is not", () => {
  const challenge = { type: 'url_verification', challenge: 'abc' };
  expect(bound('SLACK').handshake?.(request({}, ''), challenge)?.answer).toEqual({ challenge: 'abc' });
  expect(bound('SLACK').handshake?.(request({}, ''), { type: 'event_callback', challenge: 'abc' })).toBeUndefined();
  expect(bound('GITHUB').handshake?.(request({ 'x-github-event': 'ping' }, ''), {})?.reason).toContain('ping');
  expect(bound('GITHUB').handshake?.(request({ 'x-github-event': 'push' }, ''), {})).toBeUndefined();
});

test('A secret in a header may stand after a word, and is compared whole', () => {
  const settings = { header: 'Authorization', prefix: 'Bearer ' };
  const vector: Vector = { scheme: 'HEADER', settings, secret: 'a long secret', headers: { authorization: 'Bearer a long secret' }, body: '', at: 0 };
  expect(verify(vector).verdict).toBe('VALID');
  for (const authorization of ['Bearer a long secre', 'Bearer a long secrets', 'Bearer ', 'a long secret', 'bearer a long secret']) expect(verify(vector, { headers: { authorization } }).verdict).toBe('BAD_SIGNATURE');
});

test('Whatever the bytes of a body are, only the signature of these bytes fits', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 200 }), fc.string({ minLength: 8 }), (bytes, others, secret) => {
      const [body, other] = [Buffer.from(bytes), Buffer.from(others)];
      const signature = createHmac('sha256', secret).update(body).digest('hex');
      const check = (sent: Buffer) => verifyRequest(bound('GITHUB'), request({ 'x-hub-signature-256': `sha256=${signature}` }, sent), { secrets: [secret], windowMs: window, now: 0 }).verdict;
      expect(check(body)).toBe('VALID');
      expect(check(other)).toBe(body.equals(other) ? 'VALID' : 'BAD_SIGNATURE');
    }),
  );
});

test('Texts are the same only where every character is', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => expect(sameText(one, other)).toBe(one === other)));
  expect(sameText('', '')).toBe(true);
});

function fail(): never {
  throw new Error('There is no such vector.');
}
