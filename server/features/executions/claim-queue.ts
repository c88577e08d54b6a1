import { type Claim } from './claim.js';

/** Enough to make a transaction cheap for each, few enough to keep it short. */
const largestGroup = 200;

interface Waiting {
  executionId: string;
  resolve: (claim: Claim | undefined) => void;
  reject: (error: unknown) => void;
}

/** Groups claims as `CommitQueue` groups commits: what is asked for in one turn of the event loop, or while a transaction is under way, is claimed together. */
export class ClaimQueue {
  private readonly waiting: Waiting[] = [];
  private draining = false;

  constructor(private readonly claimAll: (executionIds: readonly string[]) => Promise<Claim[]>) {}

  /** @returns undefined when the execution may not run now, or another process holds it */
  claim(executionId: string): Promise<Claim | undefined> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ executionId, resolve, reject });
      if (this.draining) return;
      this.draining = true;
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) await this.flush(this.waiting.splice(0, largestGroup));
    this.draining = false;
  }

  private async flush(group: readonly Waiting[]): Promise<void> {
    try {
      const claims = new Map((await this.claimAll(group.map(({ executionId }) => executionId))).map((claim) => [claim.execution.id, claim]));
      for (const { executionId, resolve } of group) resolve(claims.get(executionId));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
