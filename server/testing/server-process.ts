import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../project-root.js';

export interface ServerProcess {
  url: string;
  pid: number;
  /** From the start of the process to its line that says where it serves, in milliseconds. */
  startMs: number;
  /** Everything that it has printed so far. */
  printed(): string;
  /** Sends it a signal that it goes on after. @param until what it prints once it has taken notice; absent: nothing is waited for */
  signal(signal: NodeJS.Signals, until?: string): Promise<void>;
  /** Ends it as a power cut would, or asks it to stop. @returns its exit code, when it is gone; null where a signal ended it @throws with what it printed, where it had ended by itself with an error */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface ServerProcessOptions {
  /** The whole environment, beside PATH. */
  environment: Record<string, string>;
  /** A module that is loaded before the product. */
  preload?: string;
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
    signal: async (signal, until) => {
      const before = printed.length;
      const noticed = new Promise<void>((resolve, reject) => {
        if (until === undefined) return resolve();
        if (child.exitCode !== null || child.signalCode !== null) reject(new Error('The server is not running.'));
        child.stdout?.on('data', () => {
          if (printed.slice(before).join('').includes(until)) resolve();
        });
        child.once('exit', () => reject(new Error(`The server ended before it printed "${until}".`)));
      });
      child.kill(signal);
      await noticed;
    },
    end: async (signal) => {
      if (child.exitCode) throw new Error(`The server had ended with ${child.exitCode}:\n${printed.join('')}`);
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

function spawnServer({ environment, preload }: ServerProcessOptions): ChildProcess {
  const before = preload === undefined ? [] : ['--import', pathToFileURL(preload).href];
  return spawn(process.execPath, [...before, join(projectRoot, 'dist', 'server', 'main.js')], { cwd: projectRoot, env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
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
