import { type IncomingMessage } from 'node:http';

export class BodyTooLongError extends Error {
  override readonly name = 'BodyTooLongError';
}

/** The bytes of a request as they came. Reads no more than the limit. @throws BodyTooLongError @throws Error when the sender breaks off */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limitBytes) throw new BodyTooLongError();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length <= limitBytes) return void parts.push(part);
      // The rest is let pass: a sender that is cut off while it sends reads no answer.
      parts.length = 0;
      reject(new BodyTooLongError());
    });
    request.on('end', () => resolve(parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts)));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The sender broke off.')));
  });
}
