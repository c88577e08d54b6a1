import { type BoundScheme, type RawRequest } from './schemes/signature-scheme.js';
import { sameText } from './schemes/signing.js';

export interface VerificationTerms {
  /** Those that are good now: the present one, and during a rotation the one before. */
  secrets: readonly string[];
  /** How far the sender's clock may be from ours; signatures that are older are refused. */
  windowMs: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** `reason` is for the trigger's owner and must not be answered. */
export type Verification = { verdict: 'VALID'; signature: string } | { verdict: 'BAD_SIGNATURE' | 'STALE'; reason: string };

/** More than any sender gives. */
const mostSignatures = 10;

/** Whether a request is from whom the trigger trusts, and of now. Every signature is held against every secret, so that the time it takes tells nothing. */
export function verifyRequest(scheme: BoundScheme, request: RawRequest, { secrets, windowMs, now }: VerificationTerms): Verification {
  const claim = scheme.claim(request);
  if ('missing' in claim) return { verdict: 'BAD_SIGNATURE', reason: claim.missing };
  let matched: string | undefined;
  for (const secret of secrets) {
    const right = scheme.sign(secret, claim.signed);
    for (const signature of claim.signatures.slice(0, mostSignatures)) if (sameText(signature, right)) matched = signature;
  }
  if (matched === undefined) return { verdict: 'BAD_SIGNATURE', reason: 'Its signature is not that of this body under the trigger’s secret.' };
  const away = claim.signedAt === undefined ? 0 : Math.abs(now - claim.signedAt);
  if (away > windowMs) return { verdict: 'STALE', reason: `It was signed ${inWords(away)} ${(claim.signedAt ?? now) < now ? 'ago' : 'from now'}; ${inWords(windowMs)} at most are accepted.` };
  return { verdict: 'VALID', signature: matched };
}

function inWords(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7_200 ? `${Math.round(seconds / 60)} minutes` : `${Math.round(seconds / 3_600)} hours`;
}
