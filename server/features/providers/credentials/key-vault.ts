import { createHmac, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';

/** What a key is for. It opens for nothing else. */
export interface KeyPurpose {
  workspaceId: string;
  baseUrl: string;
}

/** Keys of providers at rest: compact JWEs under a key that comes from ENCRYPTION_KEY, bound to their workspace and base URL. */
export class KeyVault {
  private readonly sealing: Uint8Array;
  private readonly printing: Uint8Array;

  constructor(encryptionKey: string) {
    this.sealing = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'promptpilot/provider-keys', 32));
    this.printing = new Uint8Array(hkdfSync('sha256', encryptionKey, '', 'promptpilot/provider-key-fingerprints', 32));
  }

  seal(key: string, { workspaceId, baseUrl }: KeyPurpose): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(key)).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', workspaceId, baseUrl }).encrypt(this.sealing);
  }

  /** @throws KeyLockedError for what was sealed for another purpose, or under another ENCRYPTION_KEY, or was changed since */
  async open(sealed: string, { workspaceId, baseUrl }: KeyPurpose): Promise<string> {
    const opened = await compactDecrypt(sealed, this.sealing, { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] }).catch(() => undefined);
    if (opened?.protectedHeader.workspaceId !== workspaceId || opened.protectedHeader.baseUrl !== baseUrl) throw new KeyLockedError();
    return new TextDecoder().decode(opened.plaintext);
  }

  /** Tells keys apart and gives none away: the last four characters of long ones, and a short keyed hash. */
  fingerprint(key: string): string {
    const hash = createHmac('sha256', this.printing).update(key).digest('hex').slice(0, 8);
    return key.length < 16 ? hash : `…${key.slice(-4)} ${hash}`;
  }
}

export class KeyLockedError extends Error {
  override readonly name = 'KeyLockedError';
  constructor() {
    super('The stored key can’t be read for this address: it was stored for another one, or under another ENCRYPTION_KEY. Give the key again.');
  }
}
