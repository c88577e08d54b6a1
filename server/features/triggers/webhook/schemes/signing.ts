import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { type Claim } from './signature-scheme.js';

export type HmacAlgorithm = 'sha1' | 'sha256' | 'sha512';
export type SignatureEncoding = 'hex' | 'base64';

export function hmac(algorithm: HmacAlgorithm, key: string | Buffer, signed: Claim['signed'], encoding: SignatureEncoding): string {
  const mac = createHmac(algorithm, key);
  for (const part of signed) mac.update(part);
  return mac.digest(encoding);
}

/** Takes as long whether the texts agree in no character or in all but one, and whatever their lengths are. */
export function sameText(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Seconds since 1970 as these providers write them. @returns milliseconds; undefined for anything else */
export function instantOfSeconds(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,11}$/.test(text) ? Number(text) * 1_000 : undefined;
}

/** Seconds or milliseconds since 1970, or ISO 8601 with its zone. @returns milliseconds; undefined for anything else */
export function instantOf(text: string): number | undefined {
  if (/^\d{12,14}$/.test(text)) return Number(text);
  if (/^\d/.test(text) && /(?:Z|[+-]\d\d:?\d\d)$/i.test(text)) {
    const instant = Date.parse(text);
    return Number.isNaN(instant) ? undefined : instant;
  }
  return instantOfSeconds(text);
}

export function randomSecret(): string {
  return randomBytes(32).toString('hex');
}

/** Any text that can be guessed by nobody; no provider gives less. */
export function textSecretProblem(secret: string): string | undefined {
  if (secret.length < 8) return 'Give a secret of 8 characters at least.';
  if (secret.length > 500) return 'Keep the secret to 500 characters.';
  return secret.trim() === secret ? undefined : 'Take out the white space around the secret.';
}

/** The text under this key of a JSON object; undefined where there is none. */
export function textAt(payload: unknown, key: string): string | undefined {
  if (typeof payload !== 'object' || payload === null || !Object.hasOwn(payload, key)) return undefined;
  const value: unknown = Reflect.get(payload, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export const headerName = z.string().trim().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'Give the name of an HTTP header, such as X-Signature.');

/** A text within double quotes of a POSIX shell. */
export function inDoubleQuotes(text: string): string {
  return text.replace(/[\\"$`]/g, '\\$&');
}
