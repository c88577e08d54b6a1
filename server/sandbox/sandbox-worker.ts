import { type ChildProcess, fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { projectRoot } from '../project-root.js';
import { type SandboxReply, type SandboxRequest } from './protocol.js';
import { SandboxError } from './sandbox.js';

export interface Job {
  request: SandboxRequest;
  fairnessKey: string;
  timeoutMs: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

export interface SandboxWorkerOwner {
  /** It can take a job. */
  free(): void;
  /** It takes no more jobs. The reason is given if it has never been ready. */
  lost(whyNotStarted?: Error): void;
}

const sandboxReply: z.ZodType<SandboxReply> = z.union([
  z.object({ json: z.string() }),
  z.object({ ready: z.literal(true) }),
  z.object({ problem: z.object({ code: z.enum(['SYNTAX', 'RUNTIME', 'TIMEOUT', 'LIMIT']), message: z.string(), template: z.number().optional() }) }),
]);

/** A process with at most one job. When the job is to be ended, so is the process. */
export class SandboxWorker {
  /** The job that it is at. */
  job: Job | undefined;
  starting = true;
  private ended = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly child: ChildProcess;
  private readonly exited: Promise<void>;
  private lastWords = '';

  constructor(
    memoryMb: number,
    private readonly owner: SandboxWorkerOwner,
  ) {
    this.child = startProcess(memoryMb);
    this.exited = new Promise((resolve) => {
      this.child.once('exit', () => resolve());
      this.child.once('error', () => resolve());
    });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.lastWords = `${this.lastWords}${text}`.slice(-2_000);
    });
    this.child.on('message', (message) => this.receive(message));
    this.child.on('error', (error) => void this.end(error));
    // It ends by itself only for want of memory.
    this.child.on('exit', () => void this.end(new SandboxError('LIMIT', 'It needs too much memory.')));
  }

  get idle(): boolean {
    return !this.starting && !this.job && !this.ended;
  }

  take(job: Job): void {
    this.job = job;
    const { timeoutMs } = job;
    this.timer = setTimeout(() => {
      // If this process itself was held up, the answer may have come long ago, and be read only after its timers.
      setImmediate(() => {
        if (this.job === job) void this.end(new SandboxError('TIMEOUT', `It took longer than ${timeoutMs} ms. Is there an endless loop?`));
      });
    }, timeoutMs);
    try {
      // Without a callback, a channel that breaks meanwhile is an `error` event.
      this.child.send(job.request, () => undefined);
    } catch {
      this.settle()?.reject(new SandboxError('RUNTIME', 'The values are not plain JSON, or are nested too deep.'));
      setImmediate(() => this.owner.free());
    }
  }

  /** Ends the process, and its job with this error. */
  async end(error: unknown): Promise<void> {
    if (!this.ended) {
      this.ended = true;
      const notStarted = this.starting ? new Error(`A sandbox worker could not be started. ${this.lastWords}`, { cause: error }) : undefined;
      this.starting = false;
      this.settle()?.reject(error);
      this.child.kill('SIGKILL');
      this.owner.lost(notStarted);
    }
    await this.exited;
  }

  private receive(message: unknown): void {
    if (this.ended) return;
    const reply = sandboxReply.safeParse(message);
    if (!reply.success) return void this.end(new Error('A sandbox worker sent an unknown message.'));
    if ('ready' in reply.data) this.starting = false;
    else if ('json' in reply.data) this.settle()?.resolve(JSON.parse(reply.data.json));
    else this.settle()?.reject(new SandboxError(reply.data.problem.code, reply.data.problem.message, reply.data.problem.template));
    this.owner.free();
  }

  private settle(): Job | undefined {
    clearTimeout(this.timer);
    const { job } = this;
    this.job = undefined;
    return job;
  }
}

function startProcess(memoryMb: number): ChildProcess {
  const fromSource = import.meta.url.endsWith('.ts');
  return fork(fromSource ? fileURLToPath(new URL('./sandbox-process.ts', import.meta.url)) : join(projectRoot, 'dist', 'server', 'sandbox', 'sandbox-process.js'), {
    execArgv: [`--max-old-space-size=${memoryMb}`, ...(fromSource ? ['--import', tsxUrl()] : [])],
    // The environment holds secrets. tsx needs it to find its cache.
    env: fromSource ? undefined : {},
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
