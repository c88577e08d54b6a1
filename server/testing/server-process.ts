import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { projectRoot } from '../project-root.js';

export interface ServerProcess {
  url: string;
  pid: number;
  /** From the start of the process to its line that says where it serves, in milliseconds. */
  startMs: number;
  /** Everything that it has printed so far. */
  printed(): string;
  /** Ends it as a power cut would, or asks it to stop. @returns its exit code, when it is gone; null where a signal ended it */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface ServerProcessOptions {
  /** The whole environment, beside PATH. */
  environment: Record<string, string>;
}

/** Starts the built product as a process of its own. @throws Error with what it printed, where it ends before it is ready */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const began = performance.now();
  const child = spawnServer(options);
  const printed = collectOutput(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', () => {
      const [address] = /http:\/\/\S+/.exec(printed.join('')) ?? [];
      if (address) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it was ready:\n${printed.join('')}`)));
  });
  return {
    url,
    pid: child.pid ?? 0,
    startMs: performance.now() - began,
    printed: () => printed.join(''),
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill(signal);
        await once(child, 'exit');
      }
      return child.exitCode;
    },
  };
}

/** Starts the product where it can't start. @returns what it printed and its exit code */
export async function failToStart(options: ServerProcessOptions): Promise<{ code: number | null; printed: string }> {
  const child = spawnServer(options);
  const printed = collectOutput(child);
  await once(child, 'close');
  return { code: child.exitCode, printed: printed.join('') };
}

function spawnServer({ environment }: ServerProcessOptions): ChildProcess {
  return spawn(process.execPath, [join(projectRoot, 'dist', 'server', 'main.js')], { cwd: projectRoot, env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
}

function collectOutput(child: ChildProcess): string[] {
  const printed: string[] = [];
  child.stdout?.on('data', (chunk) => printed.push(String(chunk)));
  child.stderr?.on('data', (chunk) => printed.push(String(chunk)));
  return printed;
}

/** Resident memory of a process and of its children, in MB. */
export function residentMemory(pid: number): { server: number; withChildren: number } {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const server = rows.find(([id]) => id === pid)?.[2] ?? 0;
  const children = rows.filter(([, parent]) => parent === pid).reduce((sum, [, , rss = 0]) => sum + rss, 0);
  return { server: Math.round(server / 1024), withChildren: Math.round((server + children) / 1024) };
}
