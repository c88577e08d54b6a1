import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** What is hashed, so that a hash of one kind never stands for another. */
export type SecretKind = 'api-key' | 'refresh-token' | 'throttle';

/**
 * Hashes secrets of 256 random bits for storage. The HMAC's key comes from ENCRYPTION_KEY: a leaked database alone verifies no
 * guess, and a database under another ENCRYPTION_KEY accepts none of its API keys and sessions.
 */
export class SecretHasher {
  private readonly key: Buffer;

  constructor(encryptionKey: string) {
    this.key = Buffer.from(hkdfSync('sha256', encryptionKey, '', 'promptpilot/secret-hash', 32));
  }

  hash(kind: SecretKind, secret: string): string {
    return createHmac('sha256', this.key).update(`${kind}\0${secret}`).digest('base64url');
  }
}

/** 256 random bits in 43 characters. */
export function randomSecret(): string {
  return randomBytes(32).toString('base64url');
}
