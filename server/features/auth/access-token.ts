import { webcrypto } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { UnauthenticatedError } from '../../errors.js';

export interface AccessClaims {
  userId: string;
  workspaceId: string;
  sessionId: string;
}

export interface AccessToken {
  token: string;
  expiresAt: Date;
}

const algorithm = 'HS256';
const issuer = 'promptpilot';
const audience = 'promptpilot-api';
const lifetimeMs = 15 * 60_000;

const claimsSchema = z.object({ sub: z.uuid(), wid: z.uuid(), sid: z.uuid(), exp: z.number() });

/** Makes and reads the tokens that a session calls the API with. */
export class AccessTokens {
  /** Made into a key once: each token would cost that anew. */
  private readonly key: Promise<webcrypto.CryptoKey>;

  constructor(
    jwtSecret: string,
    private readonly now: () => Date = () => new Date(),
  ) {
    this.key = webcrypto.subtle.importKey('raw', new TextEncoder().encode(jwtSecret), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  }

  async issue({ userId, workspaceId, sessionId }: AccessClaims): Promise<AccessToken> {
    const issuedAt = Math.floor(this.now().getTime() / 1000);
    const expiresAt = issuedAt + lifetimeMs / 1000;
    const token = await new SignJWT({ wid: workspaceId, sid: sessionId })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(await this.key);
    return { token, expiresAt: new Date(expiresAt * 1000) };
  }

  /** @throws UnauthenticatedError when it is not ours, was changed or has expired */
  async read(token: string): Promise<AccessClaims & { expiresAt: Date }> {
    try {
      const { payload } = await jwtVerify(token, await this.key, {
        algorithms: [algorithm],
        issuer,
        audience,
        requiredClaims: ['sub', 'wid', 'sid', 'iat', 'exp'],
        currentDate: this.now(),
      });
      const { sub, wid, sid, exp } = claimsSchema.parse(payload);
      return { userId: sub, workspaceId: wid, sessionId: sid, expiresAt: new Date(exp * 1000) };
    } catch {
      throw new UnauthenticatedError('The access token is not valid, or no longer: refresh the session, or sign in again.');
    }
  }
}
