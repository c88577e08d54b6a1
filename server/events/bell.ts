import { type BusEvents, type BusTopic, type EventBus } from './event-bus.js';

/** Wakes one reader when what it follows has moved on. It remembers how far that is, so that an announcement between two waits is not missed. */
export class Bell<Topic extends BusTopic> {
  closed = false;
  private reached = 0;
  private notify: (() => void) | undefined;
  private readonly unsubscribe: () => void;

  /** Listens from now on. @param reach how far an announcement says that things are: `before` where it is about something else */
  constructor(bus: EventBus, topic: Topic, reach: (event: BusEvents[Topic], before: number) => number) {
    this.unsubscribe = bus.subscribe(topic, (event) => {
      const before = this.reached;
      this.reached = reach(event, before);
      if (this.reached > before) this.notify?.();
    });
  }

  /** How far things have been announced to be: 0 before the first announcement. */
  get announced(): number {
    return this.reached;
  }

  close(): void {
    this.closed = true;
    this.unsubscribe();
    this.notify?.();
  }

  /** Resolves once more is announced than the reader knows of, at once if it is already; also when the bell is closed, and after `patienceMs`. */
  async rungPast(known: number, patienceMs: number): Promise<void> {
    if (this.reached > known || this.closed) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.notify = resolve;
      timer = setTimeout(resolve, patienceMs);
    });
    clearTimeout(timer);
    this.notify = undefined;
  }

  /** The same items; whoever stops asking for them closes the bell, since a generator that waits for it does not hear `return`. */
  endingWith<Item>(items: AsyncGenerator<Item, void, undefined>): AsyncIterableIterator<Item> {
    return {
      next: () => items.next(),
      return: () => {
        this.close();
        return items.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}
