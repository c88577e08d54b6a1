/** How many of something each owner may have at a time. */
export class Slots {
  private readonly taken = new Map<string, number>();

  constructor(private readonly most: number) {}

  /** @returns what gives the slot back, however often it is called; undefined where the owner has as many as may be */
  take(owner: string): (() => void) | undefined {
    const count = this.taken.get(owner) ?? 0;
    if (count >= this.most) return undefined;
    this.taken.set(owner, count + 1);
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      const left = (this.taken.get(owner) ?? 1) - 1;
      if (left > 0) this.taken.set(owner, left);
      else this.taken.delete(owner);
    };
  }
}
