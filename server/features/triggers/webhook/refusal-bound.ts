interface Minute<Refusal> {
  began: number;
  stored: number;
  omitted: number;
  last: Refusal;
}

export interface RefusalBoundParts<Refusal> {
  store: (refusal: Refusal) => Promise<void>;
  /** Stores in one that as many more have come, the last of which is given. */
  storeOmitted: (last: Refusal, omitted: number) => Promise<void>;
  onError: (error: unknown) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

const minuteMs = 60_000;
/** Stored of a trigger in a minute; what comes beyond them is counted. */
export const storedPerMinute = 10;

/** Keeps what is refused of each trigger, a few a minute in full and the others as one, so that whoever floods an address fills no disk and no memory. */
export class RefusalBound<Refusal extends { triggerId: string }> {
  private readonly minutes = new Map<string, Minute<Refusal>>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly parts: RefusalBoundParts<Refusal>) {}

  async keep(refusal: Refusal): Promise<void> {
    await this.endMinutes(({ began }) => this.parts.now() - began >= minuteMs);
    const minute = this.minutes.get(refusal.triggerId) ?? { began: this.parts.now(), stored: 0, omitted: 0, last: refusal };
    this.minutes.set(refusal.triggerId, minute);
    // So that a flood that ends is told of too.
    this.timer ??= setTimeout(() => this.tick(), minuteMs).unref();
    if (minute.stored < storedPerMinute) {
      minute.stored++;
      await this.parts.store(refusal);
    } else {
      minute.omitted++;
      minute.last = refusal;
    }
  }

  /** Stores what has been counted so far. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    await this.endMinutes(() => true);
  }

  private tick(): void {
    this.timer = undefined;
    this.endMinutes(({ began }) => this.parts.now() - began >= minuteMs).catch(this.parts.onError);
    if (this.minutes.size > 0) this.timer = setTimeout(() => this.tick(), minuteMs).unref();
  }

  private async endMinutes(which: (minute: Minute<Refusal>) => boolean): Promise<void> {
    const ended = [...this.minutes].filter(([, minute]) => which(minute));
    for (const [triggerId] of ended) this.minutes.delete(triggerId);
    await Promise.all(ended.flatMap(([, { last, omitted }]) => (omitted > 0 ? [this.parts.storeOmitted(last, omitted)] : [])));
  }
}
