import { isIPv6 } from 'node:net';
import { RateLimitedError } from '../../errors.js';
import { type SecretHasher } from './secret-hasher.js';
import { type SignInThrottleStore } from './sign-in-throttle.store.js';

const windowMs = 15 * 60_000;
const limits = { account: 10, address: 50, 'sign-up': 50 };
type Counted = keyof typeof limits;

/**
 * Limits guessing: failed sign-ins per account and per address, sign-ups per address. The counts stand in the database, so that they hold
 * over all processes and restarts.
 */
export class SignInThrottle {
  private prunedAt = 0;

  constructor(
    private readonly store: SignInThrottleStore,
    private readonly hasher: SecretHasher,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /**
   * Counts an attempt before it is made: however many are made at once, no more than the limit get an answer.
   * @throws RateLimitedError past the limit, whether or not the account exists
   */
  async startSignIn(email: string, address: string): Promise<void> {
    await this.count('address', networkOf(address), 'Too many sign-ins failed from this address.');
    await this.count('account', email, 'Too many sign-ins to this account failed.');
  }

  async signInSucceeded(email: string, address: string): Promise<void> {
    await this.store.forget(this.keyOf('account', email));
    await this.store.takeBack(this.keyOf('address', networkOf(address)));
  }

  /** @throws RateLimitedError past the limit: sign-up tells which accounts exist, so it must not be asked for many */
  async startSignUp(address: string): Promise<void> {
    await this.count('sign-up', networkOf(address), 'Too many accounts were asked for from this address.');
  }

  private async count(counted: Counted, subject: string, message: string): Promise<void> {
    const now = this.now();
    const cutoff = new Date(now.getTime() - windowMs);
    await this.prune(now, cutoff);
    const { failures, windowStart } = await this.store.count(this.keyOf(counted, subject), now, cutoff);
    if (failures <= limits[counted]) return;
    const seconds = Math.max(1, Math.ceil((windowStart.getTime() + windowMs - now.getTime()) / 1000));
    throw new RateLimitedError(`${message} Try again in ${seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`, seconds);
  }

  private async prune(now: Date, cutoff: Date): Promise<void> {
    if (now.getTime() - this.prunedAt < windowMs) return;
    this.prunedAt = now.getTime();
    await this.store.prune(cutoff);
  }

  private keyOf(counted: Counted, subject: string): string {
    return `${counted}:${this.hasher.hash('throttle', subject)}`;
  }
}

/** One subscriber of IPv6 has a /64 at least, so what is counted is the network. */
function networkOf(address: string): string {
  const withoutZone = address.split('%')[0] ?? address;
  if (!isIPv6(withoutZone)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(withoutZone);
  if (mapped?.[1]) return mapped[1];
  const [head = '', tail = ''] = withoutZone.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail.split(':').filter(Boolean);
  const zeros = withoutZone.includes('::') ? Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0') : [];
  return [...before, ...zeros, ...after].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}
