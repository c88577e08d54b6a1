import { BaseNotificationChannel, type JobNotification, toJobId } from 'agenda';

const longestTimer = 2 ** 31 - 1;

/**
 * Tells Agenda that a job is due at the moment when it is, so that Agenda claims a job no earlier than it can run it and need hardly
 * poll: a job that was claimed ahead of its time could not be moved any more, and would wait for its lock to run out after a crash.
 */
export class JobAlarm extends BaseNotificationChannel {
  private timer: NodeJS.Timeout | undefined;
  private setFor = Infinity;
  private looking: Promise<void> | undefined;
  private lookAgain = false;

  constructor(
    private readonly names: readonly string[],
    private readonly nextDue: () => Promise<Date | undefined>,
    private readonly onProblem: (error: unknown) => void,
  ) {
    super();
  }

  async connect(): Promise<void> {
    this.setState('connected');
    await this.look();
  }

  async disconnect(): Promise<void> {
    clearTimeout(this.timer);
    this.handlers.clear();
    this.setState('disconnected');
    await this.looking;
  }

  /** Agenda has saved a job. */
  async publish({ nextRunAt }: JobNotification): Promise<void> {
    if (nextRunAt) this.setNoLaterThan(nextRunAt);
  }

  /** A timer that is set already stays where it is earlier: to ring for nothing is cheap, and a job saved meanwhile may need it. */
  setNoLaterThan(time: Date): void {
    if (this.state !== 'connected' || time.getTime() >= this.setFor) return;
    clearTimeout(this.timer);
    this.setFor = time.getTime();
    const wait = Math.max(1, this.setFor - Date.now());
    this.timer = setTimeout(() => this.ring(), Math.min(wait, longestTimer));
  }

  /** Lets Agenda claim what is due. */
  ring(): void {
    this.setFor = Infinity;
    clearTimeout(this.timer);
    for (const jobName of this.names) {
      // Agenda ignores the notice of a time that it takes for its next poll's business; it heeds one without a time.
      void this.notifyHandlers({ jobId: toJobId(''), jobName, nextRunAt: null, priority: 0, timestamp: new Date() });
    }
  }

  /** Sets the alarm by the store. Once what was due is claimed, somebody must do this. */
  look(): Promise<void> {
    this.lookAgain = true;
    this.looking ??= this.lookWhileAsked().finally(() => (this.looking = undefined));
    return this.looking;
  }

  private async lookWhileAsked(): Promise<void> {
    while (this.lookAgain && this.state === 'connected') {
      this.lookAgain = false;
      try {
        const next = await this.nextDue();
        if (next) this.setNoLaterThan(next);
      } catch (error) {
        this.onProblem(error);
      }
    }
  }
}
