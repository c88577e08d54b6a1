import { hkdfSync, webcrypto } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { type DecisionPlace } from './decision.store.js';

/** One wait of one step for one approval. */
export interface LinkedPlace extends DecisionPlace {
  attempt: number;
}

const algorithm = 'HS256';
const issuer = 'promptpilot';
const audience = 'promptpilot-approval';
const dayMs = 86_400_000;
/** Of a link to what waits without a deadline. */
const lifetimeMs = 30 * dayMs;

const claimsSchema = z.object({ wid: z.uuid(), sub: z.uuid(), step: z.string(), attempt: z.int() });

/** Makes and reads the links that let whoever holds one decide. They are signed under a key that comes from ENCRYPTION_KEY, and stored nowhere. */
export class ApprovalLinks {
  private readonly key: Promise<webcrypto.CryptoKey>;

  constructor(
    encryptionKey: string,
    private readonly publicUrl: string | undefined,
    private readonly now: () => Date,
  ) {
    const secret = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'promptpilot/approval-links', 32));
    this.key = webcrypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  }

  /**
   * @param until when the approval's own time is over; without it the link holds for a month
   * @returns an address; only its path where the product was not told its PUBLIC_URL
   */
  async make({ workspaceId, executionId, stepKey, attempt }: LinkedPlace, until: Date | undefined): Promise<string> {
    // The same all day, so that a page that asks again need not change.
    const day = Math.floor(this.now().getTime() / dayMs) * dayMs;
    const expiresAt = until?.getTime() ?? day + dayMs + lifetimeMs;
    const token = await new SignJWT({ wid: workspaceId, step: stepKey, attempt })
      .setProtectedHeader({ alg: algorithm })
      .setSubject(executionId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime(Math.ceil(expiresAt / 1_000))
      .sign(await this.key);
    return `${this.publicUrl?.replace(/\/$/, '') ?? ''}/approvals/${token}`;
  }

  /** @returns undefined for a token that is none of ours or was changed */
  async read(token: string): Promise<{ place: LinkedPlace; expired: boolean } | undefined> {
    const options = { algorithms: [algorithm], issuer, audience, requiredClaims: ['sub', 'wid', 'step', 'attempt', 'exp'], currentDate: this.now() };
    try {
      const { payload } = await jwtVerify(token, await this.key, options);
      return { place: placeOf(payload), expired: false };
    } catch (error) {
      // Its signature is good: that is checked first.
      if (error instanceof errors.JWTExpired) return { place: placeOf(error.payload), expired: true };
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }
}

function placeOf(claims: unknown): LinkedPlace {
  const { wid, sub, step, attempt } = claimsSchema.parse(claims);
  return { workspaceId: wid, executionId: sub, stepKey: step, attempt };
}
