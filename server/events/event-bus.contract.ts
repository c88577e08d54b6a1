import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type BusEvents, type EventBus } from './event-bus.js';

/** What every bus promises. */
export function describeEventBus(name: string, make: () => Promise<{ bus: EventBus; drop: () => Promise<void> }>): void {
  describe(`event bus of one process on ${name}`, () => {
    let bus: EventBus;
    let drop: () => Promise<void>;
    beforeEach(async () => {
      ({ bus, drop } = await make());
    });
    afterEach(() => drop());

    it('tells the listeners of a topic, each once and before publish returns', () => {
      const heard: unknown[] = [];
      bus.subscribe('execution.ready', (event) => heard.push(event));
      bus.subscribe('execution.ready', (event) => heard.push(event));
      bus.subscribe('access.revoked', (event) => heard.push(event));
      bus.publish('execution.ready', { executionId: 'a' });
      expect(heard).toEqual([{ executionId: 'a' }, { executionId: 'a' }]);
    });

    it('tells a listener nothing more that has left, even while it is told', () => {
      const heard: string[] = [];
      const leave = bus.subscribe('execution.ready', ({ executionId }) => {
        heard.push(executionId);
        leave();
      });
      for (const executionId of ['a', 'b']) bus.publish('execution.ready', { executionId });
      expect(heard).toEqual(['a']);
    });
  });
}

export interface SharedBusHarness {
  /** A bus as another process would have it. */
  open(): Promise<EventBus>;
  /** Sends a message that no bus of this product has made. */
  disturb(message: string): Promise<void>;
  /** Cuts every connection. @returns how to let them through again */
  cut(): () => void;
  drop(): Promise<void>;
}

/** What a bus promises beyond that to processes that share it. */
export function describeSharedBus(name: string, make: () => Promise<SharedBusHarness>): void {
  describe(`event bus of several processes on ${name}`, () => {
    let harness: SharedBusHarness;
    beforeEach(async () => {
      harness = await make();
    });
    afterEach(() => harness.drop());

    it('tells other processes all that is announced, once and in order, however much it is', async () => {
      const [first, second, third] = [await harness.open(), await harness.open(), await harness.open()];
      const heard = [new Listener(second), new Listener(third), new Listener(first)];
      const ids = Array.from({ length: 5_000 }, (_, index) => `018f-Ünï-${index}`);
      for (const executionId of ids) first.publish('execution.ready', { executionId });
      for (const listener of heard) {
        await listener.reached(ids.length);
        expect(listener.ids).toEqual(ids);
      }
      const answers = heard.map((listener) => listener.next());
      second.publish('execution.ready', { executionId: 'back' });
      expect(await Promise.all(answers)).toEqual(['back', 'back', 'back']);
    });

    it('is not disturbed by what it can not read', async () => {
      const [first, second] = [await harness.open(), await harness.open()];
      const listener = new Listener(second);
      for (const message of ['', '[', 'x[["execution.ready",{"executionId":1}]]', 'x[["from.the.future",{}],["execution.ready",{"executionId":"known"}]]']) await harness.disturb(message);
      first.publish('execution.ready', { executionId: 'after' });
      await listener.reached(2);
      expect(listener.ids).toEqual(['known', 'after']);
    });

    it('goes on alone while it is cut off, and says when others can be heard again', async () => {
      const [first, second] = [await harness.open(), await harness.open()];
      const [near, far] = [new Listener(first), new Listener(second)];
      const restored = [first, second].map((bus) => once(bus, 'bus.restored'));
      const mend = harness.cut();
      first.publish('execution.ready', { executionId: 'lost' });
      expect(near.ids).toEqual(['lost']);
      mend();
      await Promise.all(restored);
      first.publish('execution.ready', { executionId: 'heard' });
      expect(await far.next()).toBe('heard');
    });

    it('begins while nobody can be reached, and joins the others later', async () => {
      const first = await harness.open();
      const listener = new Listener(first);
      const mend = harness.cut();
      const second = await harness.open();
      const restored = [first, second].map((bus) => once(bus, 'bus.restored'));
      mend();
      await Promise.all(restored);
      second.publish('execution.ready', { executionId: 'a' });
      expect(await listener.next()).toBe('a');
    });
  });
}

class Listener {
  readonly ids: string[] = [];
  private told: (() => void) | undefined;

  constructor(bus: EventBus) {
    bus.subscribe('execution.ready', ({ executionId }) => {
      this.ids.push(executionId);
      this.told?.();
    });
  }

  async reached(count: number): Promise<void> {
    while (this.ids.length < count) await new Promise<void>((resolve) => (this.told = resolve));
  }

  /** @returns what is announced next after all that has been heard by now */
  async next(): Promise<string | undefined> {
    await this.reached(this.ids.length + 1);
    return this.ids.at(-1);
  }
}

function once<Topic extends keyof BusEvents>(bus: EventBus, topic: Topic): Promise<BusEvents[Topic]> {
  return new Promise((resolve) => {
    const leave = bus.subscribe(topic, (event) => {
      leave();
      resolve(event);
    });
  });
}
