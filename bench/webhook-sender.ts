// A process of its own that sends webhooks over connections that stay open: what the senders cost is not the server's.
//   tsx bench/webhook-sender.ts '{ "url": …, "secret": …, "clients": 20, "requests": 10000, "pauseMs": 0 }'
import { createHmac, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { z } from 'zod';

const orderSchema = z.object({ url: z.url(), secret: z.string(), clients: z.int(), requests: z.int(), pauseMs: z.number() });
const answerSchema = z.object({ deliveryId: z.string(), executionId: z.string() });

/** One connection, on which a request is sent when the one before has been answered. */
class Client {
  private received = '';
  private answered: ((body: string) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => this.read(text));
  }

  static async open({ hostname, port }: URL): Promise<Client> {
    const socket = connect(Number(port), hostname);
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
    return new Client(socket);
  }

  send(request: Buffer): Promise<string> {
    return new Promise((resolve) => {
      this.answered = resolve;
      this.socket.write(request);
    });
  }

  close(): void {
    this.socket.end();
  }

  private read(text: string): void {
    this.received += text;
    const end = this.received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(this.received)?.[1] ?? 0);
    if (this.received.length < end + 4 + length) return;
    const [status, body] = [this.received.slice(9, 12), this.received.slice(end + 4)];
    this.received = '';
    if (status !== '202') throw new Error(`The server answered ${status}: ${body}`);
    this.answered?.(body);
  }
}

function signed({ pathname, host }: URL, secret: string, index: number): Buffer {
  const body = JSON.stringify({ n: index, repository: { full_name: 'octocat/hello-world' }, text: 'Lorem ipsum dolor sit amet. '.repeat(8) });
  const headers = [
    `POST ${pathname} HTTP/1.1`,
    `Host: ${host}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-GitHub-Delivery: ${randomUUID()}`,
    'X-GitHub-Event: push',
    `X-Hub-Signature-256: sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  ];
  return Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}`);
}

const order = orderSchema.parse(JSON.parse(process.argv[2] ?? '{}'));
const url = new URL(order.url);
// Made before the clock starts.
const requests = Array.from({ length: order.requests }, (_, index) => signed(url, order.secret, index));
const clients = await Promise.all(Array.from({ length: order.clients }, () => Client.open(url)));
const times: number[] = [];
const executionIds: string[] = [];

async function sendAll(client: Client): Promise<void> {
  for (let request = requests.pop(); request; request = requests.pop()) {
    const began = performance.now();
    const body = await client.send(request);
    times.push(performance.now() - began);
    executionIds.push(answerSchema.parse(JSON.parse(body)).executionId);
    if (order.pauseMs > 0) await new Promise((resolve) => setTimeout(resolve, order.pauseMs));
  }
}

const began = performance.now();
await Promise.all(clients.map(sendAll));
const tookMs = performance.now() - began;
for (const client of clients) client.close();
process.stdout.write(JSON.stringify({ tookMs, times, executionIds }));
