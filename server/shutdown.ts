/** What has been started, and how each of it stops. */
export class Shutdown {
  private readonly releasers: (() => Promise<void> | void)[] = [];

  /** Registers how something that was just started stops. */
  register(release: () => Promise<void> | void): void {
    this.releasers.push(release);
  }

  /**
   * Stops everything, what was started last first, each when the one before has stopped. A second call does nothing more.
   * @throws the first failure, after everything else has been stopped too
   */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (let release = this.releasers.pop(); release; release = this.releasers.pop()) {
      try {
        await release();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
