import { type Database } from '../../database/database.js';

export interface AttemptCount {
  failures: number;
  windowStart: Date;
}

export class SignInThrottleStore {
  constructor(private readonly database: Database) {}

  /** Counts one more within the window that began after `cutoff`, else within a new one. Attempts made at once are all counted. */
  async count(key: string, now: Date, cutoff: Date): Promise<AttemptCount> {
    const { signInThrottle } = this.database.prisma;
    await signInThrottle.updateMany({ where: { key, windowStart: { lte: cutoff } }, data: { failures: 0, windowStart: now } });
    return signInThrottle.upsert({
      where: { key },
      create: { key, failures: 1, windowStart: now },
      update: { failures: { increment: 1 } },
      select: { failures: true, windowStart: true },
    });
  }

  async takeBack(key: string): Promise<void> {
    await this.database.prisma.signInThrottle.updateMany({ where: { key, failures: { gt: 0 } }, data: { failures: { decrement: 1 } } });
  }

  async forget(key: string): Promise<void> {
    await this.database.prisma.signInThrottle.deleteMany({ where: { key } });
  }

  async prune(cutoff: Date): Promise<void> {
    await this.database.prisma.signInThrottle.deleteMany({ where: { windowStart: { lte: cutoff } } });
  }
}
