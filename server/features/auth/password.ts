import { hash, verify } from 'argon2';
import { exactText } from '../../input.js';

const shortest = 10;
const longest = 200;

// OWASP's parameters for argon2id; memory in KiB.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Verified where there is no account, so that the answer takes as long. */
const hashOfNobody = '$argon2id$v=19$m=19456,p=1,t=2$RzaWVZpKvPEPVsWqOs1GEQ$ef1Kw5YEm+Zwa+jzFBfHGHvUv6ypJobRBXuQ/3s0p0E';

/** Length alone counts, as NIST advises: rules of composition make people pick worse ones. */
export const newPassword = exactText().min(shortest, `Use at least ${shortest} characters.`).max(longest, `Use at most ${longest} characters.`);

export async function hashPassword(password: string): Promise<string> {
  return hash(asTyped(password), parameters);
}

/** Takes the same time whether or not there is a hash to verify against. */
export async function passwordMatches(passwordHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(passwordHash ?? hashOfNobody, asTyped(password.slice(0, longest)));
  return matches && passwordHash !== undefined && password.length <= longest;
}

/** Keyboards and systems write the same letter in different ways. */
function asTyped(password: string): string {
  return password.normalize('NFKC');
}
