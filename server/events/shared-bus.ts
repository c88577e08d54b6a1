import { randomUUID } from 'node:crypto';
import { type Logger } from 'pino';
import { z } from 'zod';
import { busEventSchemas, isBusTopic } from './bus-events.js';
import { type BusEvents, type BusTopic, type EventBus } from './event-bus.js';
import { InProcessBus } from './in-process-bus.js';
import { type Wire } from './wire.js';

const announcementsSchema = z.array(z.tuple([z.string(), z.unknown()]));

/**
 * The bus of several processes. Listeners in this process are called before `publish` returns; those in others when the wire has carried
 * it there. What is announced within one turn of the event loop, or while a message is under way, goes into one message.
 */
export class SharedBus implements EventBus {
  private readonly local = new InProcessBus();
  /** Marks messages of this process, which it hears too. */
  private readonly origin = randomUUID();
  private waiting: string[] = [];
  private sending: Promise<void> | undefined;
  private isTroubled = false;

  private constructor(
    private readonly wire: Wire,
    private readonly log: Logger,
  ) {}

  /** A wire that can't be reached is waited for in the background: all that is lost meanwhile is speed. */
  static async open(wire: Wire, log: Logger): Promise<SharedBus> {
    const bus = new SharedBus(wire, log);
    await wire.start({
      onMessage: (message) => bus.hear(message),
      onRestored: () => bus.restored(),
      onProblem: (error) => bus.trouble(error),
    });
    return bus;
  }

  /** Whether other processes can be heard at the moment. */
  get connected(): boolean {
    return this.wire.connected;
  }

  publish: EventBus['publish'] = (topic, event) => {
    this.waiting.push(JSON.stringify([topic, event]));
    this.sending ??= this.sendWaiting().finally(() => (this.sending = undefined));
    this.local.publish(topic, event);
  };

  subscribe: EventBus['subscribe'] = (topic, listener) => this.local.subscribe(topic, listener);

  /** Sends what was announced last and hangs up. */
  async close(): Promise<void> {
    await this.sending;
    await this.wire.close();
  }

  private async sendWaiting(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const message = this.nextMessage();
      if (!this.wire.connected) continue;
      try {
        await this.wire.send(message);
      } catch (error) {
        this.trouble(error);
      }
    }
  }

  /** Takes as many announcements as one message holds. */
  private nextMessage(): string {
    let bytes = this.origin.length + 2;
    const fits = this.waiting.findIndex((announcement) => (bytes += Buffer.byteLength(announcement) + 1) > this.wire.maxBytes);
    const taken = this.waiting.splice(0, fits === -1 ? this.waiting.length : Math.max(1, fits));
    return `${this.origin}[${taken.join(',')}]`;
  }

  private hear(message: string): void {
    if (message.startsWith(this.origin)) return;
    try {
      const announcements = announcementsSchema.parse(JSON.parse(message.slice(message.indexOf('['))));
      // A newer version of the product may announce what this one does not know.
      for (const [topic, event] of announcements) if (isBusTopic(topic)) this.pass(topic, event);
    } catch (err) {
      this.log.warn({ err }, 'An announcement of another process can not be read');
    }
  }

  private pass<Topic extends BusTopic>(topic: Topic, event: unknown): void {
    if (!this.local.hasListeners(topic)) return;
    const schema: z.ZodType<BusEvents[Topic]> = busEventSchemas[topic];
    this.local.publish(topic, schema.parse(event));
  }

  private restored(): void {
    this.isTroubled = false;
    this.log.info('Other processes can be heard again');
    this.local.publish('bus.restored', {});
  }

  /** Once an outage: whatever is tried meanwhile fails too. */
  private trouble(err: unknown): void {
    if (this.isTroubled) return;
    this.isTroubled = true;
    this.log.warn({ err }, 'Other processes can not be heard; what they announce is found by the next sweep');
  }
}
