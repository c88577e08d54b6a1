import { createHash } from 'node:crypto';
import { createClient } from '@redis/client';
import { type Wire, type WireListener } from './wire.js';

const longestWaitMs = 2_000;
const startWithinMs = 3_000;

/** Carries messages over a channel of Redis. */
export class RedisWire implements Wire {
  readonly maxBytes = 1_000_000;
  private readonly sender;
  private readonly receiver;
  private readonly channel: string;
  private wasCut = false;

  /** @param installation what all processes of this installation know, and no other one does: several may share a Redis */
  constructor(url: string, installation: string) {
    this.channel = `promptpilot:${createHash('sha256').update(`event bus ${installation}`).digest('base64url').slice(0, 22)}`;
    const options = {
      url,
      // Announcements that come late are worth nothing.
      disableOfflineQueue: true,
      pingInterval: 15_000,
      socket: { connectTimeout: startWithinMs, reconnectStrategy: (retries: number) => Math.min(longestWaitMs, 50 * 2 ** retries) },
    };
    this.sender = createClient(options);
    this.receiver = createClient(options);
  }

  get connected(): boolean {
    return this.sender.isReady && this.receiver.isReady;
  }

  async start(listener: WireListener): Promise<void> {
    for (const client of [this.sender, this.receiver]) {
      client.on('error', (error) => {
        this.wasCut = true;
        listener.onProblem(error);
      });
      client.on('ready', () => this.checkRestored(listener));
    }
    const listening = this.listen(listener);
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([listening, new Promise<void>((resolve) => (timer = setTimeout(resolve, startWithinMs)))]);
    clearTimeout(timer);
  }

  async send(message: string): Promise<void> {
    await this.sender.publish(this.channel, message);
  }

  async close(): Promise<void> {
    for (const client of [this.sender, this.receiver]) if (client.isOpen) client.destroy();
  }

  private async listen(listener: WireListener): Promise<void> {
    try {
      await Promise.all([this.sender.connect(), this.receiver.connect()]);
      await this.receiver.subscribe(this.channel, (message) => listener.onMessage(message));
    } catch (error) {
      listener.onProblem(error);
    }
  }

  private checkRestored(listener: WireListener): void {
    if (!this.wasCut || !this.connected) return;
    this.wasCut = false;
    listener.onRestored();
  }
}
