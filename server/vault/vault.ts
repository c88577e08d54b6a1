import { createHmac, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** What a value was stored for, such as its workspace and the address that it may be sent to. It opens for nothing else. */
export type Purpose = Readonly<Record<string, string>>;

/** Values that nobody may read at rest: compact JWEs under a key that comes from ENCRYPTION_KEY, each bound to its purpose. */
export class Vault {
  private readonly sealing: Uint8Array;
  private readonly printing: Uint8Array;

  /** @param kind of what is kept; each has keys of its own, so that none opens as another */
  constructor(encryptionKey: string, kind: 'provider-key' | 'secret' | 'trigger-secret') {
    this.sealing = new Uint8Array(hkdfSync('sha256', encryptionKey, '', `promptpilot/${kind}s`, 32));
    this.printing = new Uint8Array(hkdfSync('sha256', encryptionKey, '', `promptpilot/${kind}-fingerprints`, 32));
  }

  seal(value: string, purpose: Purpose): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(value)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', ...purpose }).encrypt(this.sealing);
  }

  /** @throws LockedError for what was sealed for another purpose, or under another ENCRYPTION_KEY, or was changed since */
  async open(sealed: string, purpose: Purpose): Promise<string> {
    const opened = await compactDecrypt(sealed, this.sealing, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }).catch(() => undefined);
    if (!opened || Object.entries(purpose).some(([name, value]) => opened.protectedHeader[name] !== value)) throw new LockedError();
    return new TextDecoder().decode(opened.plaintext);
  }

  /** Tells values apart and gives none away: the last four characters of long ones, and a short keyed hash. */
  fingerprint(value: string): string {
    const hash = createHmac('sha256', this.printing).update(value).digest('hex').slice(0, 8);
    return value.length < 16 ? hash : `…${value.slice(-4)} ${hash}`;
  }
}

export class LockedError extends Error {
  override readonly name = 'LockedError';
  constructor() {
    super('It was stored for another purpose, or under another ENCRYPTION_KEY.');
  }
}
