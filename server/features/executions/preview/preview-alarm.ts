import { type WakeUps } from '../run.js';

/** The alarm clock of a preview, which is gone with its process. */
export class PreviewAlarm implements WakeUps {
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(
    private readonly now: () => Date,
    private readonly ring: (executionId: string) => void,
  ) {}

  async schedule(_name: 'execution.wake', key: string, { executionId }: { executionId: string }, at: Date): Promise<void> {
    clearTimeout(this.timers.get(key));
    this.arm(key, executionId, at);
  }

  stop(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private arm(key: string, executionId: string, at: Date): void {
    const ms = Math.min(Math.max(at.getTime() - this.now().getTime(), 0), longestTimer);
    this.timers.set(key, setTimeout(() => this.wake(key, executionId, at), ms).unref());
  }

  private wake(key: string, executionId: string, at: Date): void {
    // A timer may go off a little early, and one who is rung early waits for ever.
    if (this.now().getTime() < at.getTime()) return this.arm(key, executionId, at);
    this.timers.delete(key);
    this.ring(executionId);
  }
}

const longestTimer = 2 ** 31 - 1;
