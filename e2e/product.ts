import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../dist/server/main.js', import.meta.url));
const outboundReporter = new URL('report-outbound.mjs', import.meta.url).href;

/** Prefix of the lines that `report-outbound.mjs` writes. */
const outboundMark = 'OUTBOUND ';

/** The built product, in a process of its own on a port and data folder that stay the same when it is started again. */
export class Product {
  private process: ChildProcess | undefined;
  private readonly lines: string[] = [];

  private constructor(
    readonly port: number,
    private readonly dataDir: string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** @param environment settings beside those that every test needs */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Product> {
    const product = new Product(await freePort(), await mkdtemp(join(tmpdir(), 'promptpilot-e2e-')), environment);
    try {
      await product.start();
    } catch (error) {
      await product.dispose();
      throw error;
    }
    return product;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get databaseFile(): string {
    return join(this.dataDir, 'promptpilot.db');
  }

  /** Connections that the server tried to make to other machines. */
  get outbound(): string[] {
    return this.lines.filter((line) => line.startsWith(outboundMark));
  }

  /** What the server said beside its one line about where it is. */
  get complaints(): string[] {
    return this.lines.filter((line) => !line.startsWith(outboundMark) && line !== `PromptPilot Pro is ready at ${this.url}`);
  }

  /** @throws when it ends before it is ready, with what it said */
  async start(): Promise<void> {
    const child = spawn(process.execPath, ['--import', outboundReporter, main], {
      // Only what a fresh machine has: no setting of whoever runs the tests counts.
      env: { PATH: process.env.PATH, HOME: this.dataDir, PORT: String(this.port), DATA_DIR: this.dataDir, RUN_LEASE_SECONDS: '3', ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.process = child;
    createInterface(child.stderr).on('line', (line) => this.lines.push(line));
    const ready = new Promise<void>((resolve) => {
      createInterface(child.stdout).on('line', (line) => {
        this.lines.push(line);
        if (line.startsWith('PromptPilot Pro is ready')) resolve();
      });
    });
    await Promise.race([
      ready,
      once(child, 'exit').then(() => {
        throw new Error(`The product did not start:\n${this.lines.join('\n')}`);
      }),
    ]);
  }

  /** Ends it as a power cut would: no handler of its own runs. */
  async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  async dispose(): Promise<void> {
    await this.end('SIGTERM');
    await rm(this.dataDir, { recursive: true, force: true });
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process;
    this.process = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(impatience);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}
