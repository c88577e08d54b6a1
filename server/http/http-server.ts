import { createServer, type IncomingMessage, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { type Duplex } from 'node:stream';
import { setTimeout as pass } from 'node:timers/promises';
import { PortTakenError, StartupError } from '../errors.js';
import { isSameOrigin } from '../graphql/same-origin.js';
import { type UnderWay } from '../under-way.js';

/** What serves the WebSockets at one path. */
export interface SocketEndpoint {
  handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
  /** Tells the clients to go; `terminate` then cuts those that stay. */
  stop(): void;
  terminate(): void;
}

export interface HttpServerParts {
  app: RequestListener;
  /** Absent: there are none. */
  sockets?: SocketEndpoint;
  publicUrl: string | undefined;
  /** What goes on when its caller hangs up. */
  underWay?: UnderWay;
}

const socketPath = '/graphql';
const stopWithinMs = 5000;

/** Listens for HTTP and WebSocket on one port. */
export class HttpServer {
  private readonly server: Server;

  constructor(private readonly parts: HttpServerParts) {
    this.server = createServer(parts.app);
    this.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => this.upgrade(request, stream, head));
  }

  /**
   * @param port 0 takes any free one
   * @returns the address to open
   * @throws StartupError when the port can't be had
   */
  async start(port: number, host: string): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', (error) => reject(startupErrorOf(error, port, host)));
      this.server.listen(port, host, resolve);
    });
    const address = this.server.address();
    const actualPort = typeof address === 'object' && address ? address.port : port;
    return `http://${urlHost(host)}:${actualPort}`;
  }

  /** Lets requests that are under way finish, and what was begun for those who have hung up: within five seconds, of which the latter have one at least. */
  async stop(): Promise<void> {
    this.parts.sockets?.stop();
    if (!this.server.listening) return;
    const began = performance.now();
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeIdleConnections();
    const deadline = setTimeout(() => {
      this.parts.sockets?.terminate();
      this.server.closeAllConnections();
    }, stopWithinMs);
    await closed;
    clearTimeout(deadline);
    await this.overWithin(Math.max(1_000, stopWithinMs - (performance.now() - began)));
  }

  private async overWithin(limitMs: number): Promise<void> {
    const over = new AbortController();
    const limit = pass(limitMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.parts.underWay?.over(), limit]);
    over.abort();
  }

  private upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    stream.on('error', () => stream.destroy());
    const { sockets, publicUrl } = this.parts;
    const path = request.url?.split('?')[0];
    if (!sockets || path !== socketPath) refuse(stream, 404);
    else if (!isSameOrigin(request, publicUrl)) refuse(stream, 403);
    else sockets.handleUpgrade(request, stream, head);
  }
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function startupErrorOf(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') return new PortTakenError(port);
  const advice: Record<string, string> = {
    EACCES: `Port ${port} needs rights that this process does not have. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `HOST ${host} is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all of them.`,
    ENOTFOUND: `HOST ${host} is no address of this machine. Set it to 127.0.0.1, or to 0.0.0.0 for all of them.`,
  };
  const message = advice[error.code ?? ''];
  return message ? new StartupError(message) : error;
}
