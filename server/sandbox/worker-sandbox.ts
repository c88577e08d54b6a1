import { z } from 'zod';
import { RateLimitedError } from '../errors.js';
import { FairQueue } from './fair-queue.js';
import { type RenderOptions, type Sandbox, type SandboxOptions, type SchemaCheck } from './sandbox.js';
import { type SandboxRequest } from './protocol.js';
import { type Job, SandboxWorker } from './sandbox-worker.js';

const DEFAULT_TIMEOUT_MS = 1_000;
/** How long a request waits for a busy worker before another one is started. */
const PATIENCE_MS = 20;

export interface WorkerSandboxOptions {
  /** Most worker processes at a time; 3 when absent. The first one starts at once, the others when all are busy. One of several is kept from each key, for the others. */
  workers?: number;
  /** Heap of each worker; 128 when absent. */
  memoryMb?: number;
}

/**
 * Starts a pool of worker processes. They are processes and not threads because a thread that wants much memory at once takes its whole
 * process down. Returns at once: requests wait for the first worker to be ready. A request that is aborted rejects with the signal's reason.
 */
export function startWorkers(options: WorkerSandboxOptions = {}): Sandbox {
  return new WorkerSandbox(options.workers ?? 3, options.memoryMb ?? 128);
}

const checkedSchemas = z.array(z.array(z.string()));

class WorkerSandbox implements Sandbox {
  private readonly workers = new Set<SandboxWorker>();
  private readonly waiting = new FairQueue<Job>();
  private patience: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(
    private readonly maxWorkers: number,
    private readonly memoryMb: number,
  ) {
    this.startWorker();
  }

  evaluate(expression: string, input: unknown, options: SandboxOptions = {}): Promise<unknown> {
    return this.run({ kind: 'evaluate', expression, input }, options);
  }

  async render(templates: readonly string[], variables: Readonly<Record<string, unknown>>, options: RenderOptions = {}): Promise<string[]> {
    const { included, unset, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
    const texts = await this.run({ kind: 'render', templates, variables, included, unset, timeoutMs }, options);
    if (!Array.isArray(texts)) throw new TypeError('A sandbox worker answered a rendering with something else.');
    return texts.map(String);
  }

  async checkSchemas(checks: readonly SchemaCheck[], options: SandboxOptions = {}): Promise<string[][]> {
    return checks.length === 0 ? [] : checkedSchemas.parse(await this.run({ kind: 'check-schemas', checks }, options));
  }

  async close(): Promise<void> {
    this.closed = true;
    clearTimeout(this.patience);
    for (const job of this.waiting.removeAll()) job.reject(closedError());
    await Promise.all([...this.workers].map((worker) => worker.end(closedError())));
  }

  private run(request: SandboxRequest, { timeoutMs = DEFAULT_TIMEOUT_MS, signal, fairnessKey = '', mostWaiting = Infinity }: SandboxOptions): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(closedError());
      if (signal?.aborted) return reject(signal.reason);
      if (this.waiting.lengthOf(fairnessKey) >= mostWaiting) return reject(tooManyWaiting());
      const abort = () => {
        this.waiting.remove(fairnessKey, job);
        job.reject(signal?.reason);
        for (const worker of this.workers) if (worker.job === job) void worker.end(signal?.reason);
      };
      const job: Job = {
        request,
        fairnessKey,
        timeoutMs,
        resolve: (result) => {
          signal?.removeEventListener('abort', abort);
          resolve(result);
        },
        reject: (error) => {
          signal?.removeEventListener('abort', abort);
          reject(error);
        },
      };
      signal?.addEventListener('abort', abort, { once: true });
      this.waiting.push(fairnessKey, job);
      this.dispatch();
    });
  }

  private dispatch(): void {
    for (const worker of this.workers) {
      if (!worker.idle) continue;
      const job = this.waiting.take(this.mayServe);
      if (!job) break;
      worker.take(job);
    }
    if (!this.waiting.has(this.mayServe)) {
      clearTimeout(this.patience);
      this.patience = undefined;
    } else if (this.workers.size === 0) {
      this.startWorker();
    } else if (this.mayGrow) {
      this.patience ??= setTimeout(() => {
        this.patience = undefined;
        if (this.waiting.has(this.mayServe) && this.mayGrow) this.startWorker();
      }, PATIENCE_MS);
    }
  }

  private readonly mayServe = (key: string): boolean => {
    const held = [...this.workers].filter(({ job }) => job?.fairnessKey === key).length;
    return held < Math.max(1, this.maxWorkers - 1);
  };

  private get mayGrow(): boolean {
    return this.workers.size < this.maxWorkers && ![...this.workers].some((worker) => worker.starting);
  }

  private startWorker(): void {
    const worker = new SandboxWorker(this.memoryMb, {
      free: () => this.dispatch(),
      lost: (whyNotStarted) => {
        this.workers.delete(worker);
        if (this.closed) return;
        if (whyNotStarted) {
          // Another would fail alike: tell those who wait instead of trying for ever.
          for (const job of this.waiting.removeAll()) job.reject(whyNotStarted);
        } else {
          if (this.workers.size === 0) this.startWorker();
          this.dispatch();
        }
      },
    });
    this.workers.add(worker);
  }
}

function tooManyWaiting(): RateLimitedError {
  return new RateLimitedError('Too many renderings of this workspace are waiting already. Wait for their answers, and ask again.', 1);
}

function closedError(): Error {
  return new Error('The sandbox is closed.');
}
