import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Effect {
  /** What it was for, such as `/charge`. */
  path: string;
  idempotencyKey: string;
  body: string;
}

/** What is done with the next effect at a path: it is entered all the same, for by then it has happened. */
export type LedgerReply = (effect: Effect, response: ServerResponse) => void | Promise<void>;

/** Stands for the world outside the product: it enters every effect that reaches it, whatever becomes of whoever sent it. */
export class EffectLedger {
  readonly effects: Effect[] = [];
  private readonly replies = new Map<string, LedgerReply[]>();
  private readonly waiting: { path: string; count: number; resolve: () => void }[] = [];
  private readonly server = createServer((request, response) => void this.enter(request, response));

  private constructor() {}

  static async start(): Promise<EffectLedger> {
    const ledger = new EffectLedger();
    ledger.server.listen(0, '127.0.0.1');
    await once(ledger.server, 'listening');
    return ledger;
  }

  get url(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  /** Queues what is done with the next effects at a path. Without any they are answered with 200. */
  next(path: string, ...replies: LedgerReply[]): void {
    this.replies.set(path, [...(this.replies.get(path) ?? []), ...replies]);
  }

  /** Settles once that many effects have been entered at a path. */
  async entered(path: string, count: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.waiting.push({ path, count, resolve });
      this.tell();
    });
  }

  async close(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, 'close');
  }

  private async enter(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const effect = { path: request.url ?? '', idempotencyKey: String(request.headers['idempotency-key'] ?? ''), body: await text(request) };
    this.effects.push(effect);
    this.tell();
    const reply = this.replies.get(effect.path)?.shift();
    if (reply) await reply(effect, response);
    else response.writeHead(200, { 'content-type': 'application/json' }).end('{"done":true}');
  }

  private tell(): void {
    for (const { path, count, resolve } of this.waiting) {
      if (this.effects.filter((effect) => effect.path === path).length >= count) resolve();
    }
  }
}
