import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { SignJWT, UnsecuredJWT } from 'jose';
import { type Database } from '../../database/database.js';
import { InvalidInputError, RateLimitedError, UnauthenticatedError } from '../../errors.js';
import { authServices, MemoryCookie, testJwtSecret } from '../../testing/auth-services.js';
import { createTestDatabase } from '../../testing/test-database.js';

const password = 'correct horse battery';
const minuteMs = 60_000;

let database: Database;
let drop: () => Promise<void>;
let services: ReturnType<typeof authServices>;
let people = 0;

beforeAll(async () => {
  ({ database, drop } = await createTestDatabase());
});
afterAll(() => drop());
beforeEach(async () => {
  await database.prisma.signInThrottle.deleteMany();
  services = authServices(database, { now: new Date() });
});

function visitor(address = '203.0.113.7') {
  return { address, refreshCookie: new MemoryCookie() };
}

function visitorWith(refreshCookie: MemoryCookie) {
  return { address: '203.0.113.7', refreshCookie };
}

async function signUp(from = visitor()) {
  const email = `person-${++people}@example.com`;
  const signedIn = await services.auth.signUp({ email, name: 'Ada', password }, from);
  return { ...signedIn, email, cookie: from.refreshCookie, authorization: `Bearer ${signedIn.accessToken}` };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('signing up', () => {
  test('makes the person, a workspace of their own and the role of its owner', async () => {
    const { viewer, email } = await signUp();
    expect(viewer).toEqual({
      id: expect.any(String),
      email,
      name: 'Ada',
      role: 'OWNER',
      permissions: expect.arrayContaining(['prompt:write', 'api-key:manage']),
      workspace: { id: expect.any(String), name: "Ada's workspace" },
    });
  });

  test('tells what the role allows, which of a reader is reading', async () => {
    const { authorization, viewer } = await signUp();
    await database.prisma.membership.updateMany({ where: { userId: viewer.id }, data: { role: 'VIEWER' } });
    const identity = await services.auth.authenticate(authorization);
    const reader = identity && (await services.auth.viewer(identity));
    expect(reader).toMatchObject({ role: 'VIEWER', permissions: ['prompt:read', 'workflow:read', 'execution:read', 'model:read', 'credential:read', 'budget:read', 'secret:read', 'trigger:read'] });
  });

  test('keeps an argon2id hash with the parameters that OWASP advises, never the password', async () => {
    const { email } = await signUp();
    const user = await database.prisma.user.findUniqueOrThrow({ where: { email } });
    expect(user.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,[pt]=\d,[pt]=\d\$/);
    expect(user.passwordHash).toMatch(/t=2/);
    expect(user.passwordHash).toMatch(/p=1/);
  });

  test('names everything that is wrong at once', async () => {
    const error = await failureOf(services.auth.signUp({ email: 'nobody', name: ' ', password: 'short', workspaceName: 'a\0b' }, visitor()));
    expect(error).toBeInstanceOf(InvalidInputError);
    expect(error).toMatchObject({
      fields: [
        { field: 'input.email', message: 'Write an e-mail address, such as ada@example.com.' },
        { field: 'input.name', message: 'This must not be empty.' },
        { field: 'input.password', message: 'Use at least 10 characters.' },
        { field: 'input.workspaceName', message: expect.stringContaining('NUL') },
      ],
    });
  });

  test('refuses a second account under another spelling of the same address, even when both come at once', async () => {
    const { email } = await signUp();
    const again = await failureOf(services.auth.signUp({ email: ` ${email.toUpperCase()} `, name: 'Eve', password }, visitor()));
    expect(again).toMatchObject({ fields: [{ field: 'input.email' }] });

    const results = await Promise.allSettled(
      [1, 2, 3].map(() => services.auth.signUp({ email: 'twice@example.com', name: 'Bob', password }, visitor())),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.filter((result) => result.status === 'rejected' && result.reason instanceof InvalidInputError)).toHaveLength(2);
    expect(await database.prisma.workspace.count({ where: { name: "Bob's workspace" } })).toBe(1);
  });

  test('is limited per address, because it tells which accounts exist', async () => {
    const { email } = await signUp();
    const attempts = Array.from({ length: 50 }, () => failureOf(services.auth.signUp({ email, name: 'Eve', password }, visitor())));
    expect((await Promise.all(attempts)).filter((error) => error instanceof RateLimitedError)).toHaveLength(1);
  });
});

describe('signing in', () => {
  test('works under any spelling of the address and of the letters in the password', async () => {
    const from = visitor();
    await services.auth.signUp({ email: 'zoe@example.com', name: 'Zoë', password: 'Zoe\u0308 and Zoe\u0308' }, from);
    const { viewer } = await services.auth.signIn({ email: ' ZOE@Example.com', password: 'Zoë and Zoë'.normalize('NFC') }, visitor());
    expect(viewer.name).toBe('Zoë');
  });

  test('says the same of a wrong password as of an account that does not exist', async () => {
    const { email } = await signUp();
    const wrong = await failureOf(services.auth.signIn({ email, password: 'not the password' }, visitor()));
    const absent = await failureOf(services.auth.signIn({ email: 'absent@example.com', password: 'not the password' }, visitor()));
    expect(wrong).toBeInstanceOf(UnauthenticatedError);
    expect(absent).toEqual(wrong);
  });

  test('hashes a password for an account that does not exist, too, so that the time tells nothing', async () => {
    const { email } = await signUp();
    const took = async (address: string) => {
      const start = performance.now();
      await failureOf(services.auth.signIn({ email: address, password: 'not the password' }, visitor()));
      return performance.now() - start;
    };
    const existing = Math.min(await took(email), await took(email), await took(email));
    const absent = Math.min(await took('a@example.com'), await took('a@example.com'), await took('a@example.com'));
    expect(absent).toBeGreaterThan(existing / 2);
  });

  test('of one account is refused after 10 failures, whether it exists or not, until 15 minutes have passed', async () => {
    const { email } = await signUp();
    for (const account of [email, 'absent@example.com']) {
      for (let i = 0; i < 10; i++) {
        expect(await failureOf(services.auth.signIn({ email: account, password: 'wrong wrong' }, visitor()))).toBeInstanceOf(UnauthenticatedError);
      }
      const refused = await failureOf(services.auth.signIn({ email: account, password }, visitor('198.51.100.1')));
      expect(refused).toBeInstanceOf(RateLimitedError);
      expect(refused).toMatchObject({ retryAfterSeconds: 15 * 60, message: expect.stringContaining('Try again in 15 minutes') });
    }
    services.clock.now = new Date(services.clock.now.getTime() + 15 * minuteMs);
    expect(await services.auth.signIn({ email, password }, visitor())).toHaveProperty('accessToken');
  });

  test('counts guesses that are made at the same moment', async () => {
    const { email } = await signUp();
    const guesses = Array.from({ length: 30 }, (_, i) => failureOf(services.auth.signIn({ email, password: `guess number ${i}` }, visitor())));
    const failures = await Promise.all(guesses);
    expect(failures.filter((error) => error instanceof UnauthenticatedError)).toHaveLength(10);
    expect(failures.filter((error) => error instanceof RateLimitedError)).toHaveLength(20);
  });

  test('from one address is refused after 50 failures over any accounts, and a /64 of IPv6 is one address', async () => {
    const guess = (i: number, address: string) => failureOf(services.auth.signIn({ email: `victim-${i}@example.com`, password: 'wrong wrong' }, visitor(address)));
    const failures = await Promise.all(Array.from({ length: 50 }, (_, i) => guess(i, `2001:db8:0:1::${i.toString(16)}`)));
    expect(failures.every((error) => error instanceof UnauthenticatedError)).toBe(true);
    expect(await guess(51, '2001:0db8:0000:0001:ffff::1')).toBeInstanceOf(RateLimitedError);
    expect(await guess(52, '2001:db8:0:2::1')).toBeInstanceOf(UnauthenticatedError);
  });

  test('that succeeds forgives the failures before it', async () => {
    const { email } = await signUp();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 6; i++) await failureOf(services.auth.signIn({ email, password: 'wrong wrong' }, visitor()));
      expect(await services.auth.signIn({ email, password }, visitor())).toHaveProperty('accessToken');
    }
  });
});

describe('a session', () => {
  test('is known by its access token for 15 minutes', async () => {
    const { authorization, viewer, expiresAt } = await signUp();
    expect(await services.auth.authenticate(authorization)).toMatchObject({ userId: viewer.id, workspaceId: viewer.workspace.id, role: 'OWNER', via: 'session' });
    expect(expiresAt.getTime() - services.clock.now.getTime()).toBeLessThanOrEqual(15 * minuteMs);
    services.clock.now = new Date(services.clock.now.getTime() + 15 * minuteMs);
    expect(await failureOf(services.auth.authenticate(authorization))).toBeInstanceOf(UnauthenticatedError);
  });

  test('goes on with a new refresh token at each use, kept only as a hash', async () => {
    const { cookie, viewer } = await signUp();
    const first = cookie.token;
    const refreshed = await services.auth.refreshSession(visitorWith(cookie));
    expect(refreshed.viewer).toEqual(viewer);
    expect(cookie.token).not.toBe(first);
    expect(cookie.token).toMatch(/^[\w-]{43}$/);
    expect(await services.auth.refreshSession(visitorWith(cookie))).toHaveProperty('accessToken');
    const stored = await database.prisma.refreshToken.findMany();
    expect(stored.map(({ tokenHash }) => tokenHash)).not.toContain(cookie.token);
  });

  test('ends for everybody when a refresh token is used a second time', async () => {
    const { cookie } = await signUp();
    const stolen = Object.assign(new MemoryCookie(), { token: cookie.token });
    const { accessToken } = await services.auth.refreshSession(visitorWith(cookie));
    const revoked: string[] = [];
    services.bus.subscribe('access.revoked', ({ credentialId }) => revoked.push(credentialId));
    expect(await failureOf(services.auth.refreshSession(visitorWith(stolen)))).toBeInstanceOf(UnauthenticatedError);
    expect(stolen.token).toBeUndefined();
    expect(revoked).toHaveLength(1);
    expect(await failureOf(services.auth.refreshSession(visitorWith(cookie)))).toBeInstanceOf(UnauthenticatedError);
    expect(await failureOf(services.auth.authenticate(`Bearer ${accessToken}`))).toBeInstanceOf(UnauthenticatedError);
  });

  test('lets one of many who present the same refresh token at once go on, and then ends', async () => {
    const { cookie } = await signUp();
    const copies = Array.from({ length: 8 }, () => Object.assign(new MemoryCookie(), { token: cookie.token }));
    const results = await Promise.allSettled(copies.map((copy) => services.auth.refreshSession(visitorWith(copy))));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = copies.find((copy) => copy.token) ?? new MemoryCookie();
    expect(winner.token).toBeDefined();
    expect(await failureOf(services.auth.refreshSession(visitorWith(winner)))).toBeInstanceOf(UnauthenticatedError);
  });

  test('ends 30 days after it was last refreshed', async () => {
    const { cookie } = await signUp();
    const dayMs = 24 * 60 * minuteMs;
    services.clock.now = new Date(services.clock.now.getTime() + 29 * dayMs);
    await services.auth.refreshSession(visitorWith(cookie));
    services.clock.now = new Date(services.clock.now.getTime() + 29 * dayMs);
    await services.auth.refreshSession(visitorWith(cookie));
    services.clock.now = new Date(services.clock.now.getTime() + 30 * dayMs);
    expect(await failureOf(services.auth.refreshSession(visitorWith(cookie)))).toBeInstanceOf(UnauthenticatedError);
  });

  test('ends at once when its person signs out, and no other one does', async () => {
    const { cookie, authorization, email } = await signUp();
    const elsewhere = visitor();
    const other = await services.auth.signIn({ email, password }, elsewhere);
    const identity = await services.auth.authenticate(authorization);
    const stale = Object.assign(new MemoryCookie(), { token: cookie.token });
    expect(await services.auth.signOut(identity, visitorWith(cookie))).toEqual({ signedOut: true });
    expect(cookie.token).toBeUndefined();
    expect(await failureOf(services.auth.authenticate(authorization))).toBeInstanceOf(UnauthenticatedError);
    expect(await failureOf(services.auth.refreshSession(visitorWith(stale)))).toBeInstanceOf(UnauthenticatedError);
    expect(await services.auth.signOut(undefined, visitorWith(stale))).toEqual({ signedOut: false });
    expect(await services.auth.authenticate(`Bearer ${other.accessToken}`)).toBeDefined();
  });

  test('can be ended by the cookie alone, after its access token has expired', async () => {
    const { cookie, authorization } = await signUp();
    expect(await services.auth.signOut(undefined, visitorWith(cookie))).toEqual({ signedOut: true });
    expect(await failureOf(services.auth.authenticate(authorization))).toBeInstanceOf(UnauthenticatedError);
  });
});

describe('an access token', () => {
  const key = new TextEncoder().encode(testJwtSecret);

  async function forged(change: { alg?: string; secret?: Uint8Array; audience?: string; issuer?: string; workspaceId?: string; noExpiry?: boolean }) {
    const { viewer, authorization } = await signUp();
    const identity = await services.auth.authenticate(authorization);
    const sid = identity?.via === 'session' ? identity.sessionId : '';
    const token = new SignJWT({ wid: change.workspaceId ?? viewer.workspace.id, sid })
      .setProtectedHeader({ alg: change.alg ?? 'HS256' })
      .setSubject(viewer.id)
      .setIssuer(change.issuer ?? 'promptpilot')
      .setAudience(change.audience ?? 'promptpilot-api')
      .setIssuedAt();
    if (!change.noExpiry) token.setExpirationTime('10 minutes');
    return `Bearer ${await token.sign(change.secret ?? key)}`;
  }

  test('is taken when all of it is right, as this test forges it', async () => {
    expect(await services.auth.authenticate(await forged({}))).toHaveProperty('role', 'OWNER');
  });

  test.each([
    ['signed with another key', { secret: new TextEncoder().encode('another secret, as long as the first one') }],
    ['signed with another algorithm', { alg: 'HS512' }],
    ['for another audience', { audience: 'another' }],
    ['from another issuer', { issuer: 'another' }],
    ['without an expiry', { noExpiry: true }],
    ['for a workspace that the session is not of', { workspaceId: '01890000-0000-7000-8000-000000000000' }],
  ])('is refused when it is %s', async (_, change) => {
    expect(await failureOf(services.auth.authenticate(await forged(change)))).toBeInstanceOf(UnauthenticatedError);
  });

  test('is refused without a signature, and so is anything else', async () => {
    const { viewer } = await signUp();
    const unsigned = new UnsecuredJWT({ wid: viewer.workspace.id }).setSubject(viewer.id).setIssuer('promptpilot').setAudience('promptpilot-api').encode();
    for (const header of [`Bearer ${unsigned}`, 'Bearer', 'Bearer a b', 'Basic YTpi', 'Bearer x.y.z', '']) {
      expect(await failureOf(services.auth.authenticate(header))).toBeInstanceOf(UnauthenticatedError);
    }
    expect(await services.auth.authenticate(undefined)).toBeUndefined();
  });
});
