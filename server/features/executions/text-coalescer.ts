/**
 * Collects pieces of text and passes them on together, at most once in an interval and one delivery at a time, so that a fast model does not
 * cost a commit for each token.
 */
export class TextCoalescer {
  private text = '';
  private timer: NodeJS.Timeout | undefined;
  private delivering: Promise<void> | undefined;
  private failure: { error: unknown } | undefined;

  constructor(
    private readonly intervalMs: number,
    private readonly deliver: (text: string) => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  push(text: string): void {
    this.text += text;
    this.arm();
  }

  /** Stops delivering. @returns what has not been delivered, once a delivery under way has ended */
  async finish(): Promise<string> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.delivering;
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.failure) throw this.failure.error;
    return this.text;
  }

  private arm(): void {
    if (this.timer || this.delivering || this.failure) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.delivering = this.send();
    }, this.intervalMs);
  }

  private async send(): Promise<void> {
    const text = this.text;
    this.text = '';
    try {
      await this.deliver(text);
    } catch (error) {
      this.failure = { error };
      this.onFailure(error);
    }
    this.delivering = undefined;
    if (this.text) this.arm();
  }
}
