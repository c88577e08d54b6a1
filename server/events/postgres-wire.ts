import pg from 'pg';
import { type Wire, type WireListener } from './wire.js';

const channel = 'promptpilot_bus';
const longestWaitMs = 2_000;

/** Carries messages by LISTEN and NOTIFY of the product's own PostgreSQL. A pooler that shares connections between statements does not carry them. */
export class PostgresWire implements Wire {
  /** What NOTIFY takes is shorter than 8,000 bytes. */
  readonly maxBytes = 7_900;
  private client: pg.Client | undefined;
  private retries = 0;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly url: string) {}

  get connected(): boolean {
    return this.client !== undefined;
  }

  async start(listener: WireListener): Promise<void> {
    await this.connect(listener);
  }

  async send(message: string): Promise<void> {
    if (!this.client) throw new Error('PostgreSQL can not be reached at the moment.');
    await this.client.query('SELECT pg_notify($1, $2)', [channel, message]);
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    const { client } = this;
    this.client = undefined;
    await client?.end();
  }

  private async connect(listener: WireListener): Promise<void> {
    const client = new pg.Client({ connectionString: this.url, keepAlive: true, connectionTimeoutMillis: 10_000, application_name: 'promptpilot bus' });
    let isLost = false;
    const lost = (error: unknown) => {
      if (isLost || this.closed) return;
      isLost = true;
      this.client = undefined;
      listener.onProblem(error);
      // What is left of the connection is of no use, whichever way it ends.
      client.end().catch(() => undefined);
      this.timer = setTimeout(() => void this.connect(listener), Math.min(longestWaitMs, 50 * 2 ** this.retries++));
    };
    client.on('error', lost);
    client.on('end', () => lost(new Error('PostgreSQL closed the connection of the event bus.')));
    client.on('notification', ({ payload }) => listener.onMessage(payload ?? ''));
    try {
      await client.connect();
      // Announcements need not survive a crash of the database, so their commits need not wait for its disk.
      await client.query(`SET synchronous_commit = off; LISTEN ${channel}`);
    } catch (error) {
      return lost(error);
    }
    if (this.closed) return void client.end();
    this.client = client;
    const wasCut = this.retries > 0;
    this.retries = 0;
    if (wasCut) listener.onRestored();
  }
}
