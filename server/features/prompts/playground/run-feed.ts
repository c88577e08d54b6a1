import { type PromptRunEvent } from './prompt-run.js';

/**
 * Hands the events of a run to one reader. The first text goes out at once; after that, text is gathered between two readings and for an
 * interval at least, so that neither a fast model nor a slow reader makes many messages.
 */
export class RunFeed {
  private readonly waiting: PromptRunEvent[] = [];
  private end: { error?: unknown } | undefined;
  private wake: (() => void) | undefined;
  private textDueAt = 0;

  constructor(private readonly gatherMs = 30) {}

  /** After the end it is of no effect. */
  push(event: PromptRunEvent): void {
    if (this.end) return;
    const last = this.waiting.at(-1);
    if (event.type === 'TEXT' && last?.type === 'TEXT') this.waiting[this.waiting.length - 1] = { type: 'TEXT', text: last.text + event.text };
    else this.waiting.push(event);
    this.wake?.();
  }

  /** No more is to come. What waits is still handed out, then the error where there is one. */
  close(error?: unknown): void {
    this.end ??= error === undefined ? {} : { error };
    this.wake?.();
  }

  async *read(): AsyncGenerator<PromptRunEvent, void, undefined> {
    while (true) {
      const [event] = this.waiting;
      if (!event) {
        if (this.end && 'error' in this.end) throw this.end.error;
        if (this.end) return;
        await this.change();
      } else if (event.type === 'TEXT' && this.mayGrow && performance.now() < this.textDueAt) {
        await this.change(this.textDueAt - performance.now());
      } else {
        this.waiting.shift();
        if (event.type === 'TEXT') this.textDueAt = performance.now() + this.gatherMs;
        yield event;
      }
    }
  }

  /** Text that is followed by something else, or by nothing any more, has all that it will have. */
  private get mayGrow(): boolean {
    return this.waiting.length === 1 && !this.end;
  }

  private async change(withinMs?: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      if (withinMs !== undefined) timer = setTimeout(resolve, withinMs);
    });
    clearTimeout(timer);
    this.wake = undefined;
  }
}
