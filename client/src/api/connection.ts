import { useSyncExternalStore } from 'react';

/** `live`: the server answers. `reconnecting`: it did not, and is being tried. `offline`: this device has no network. */
export type ConnectionState = 'live' | 'reconnecting' | 'offline';

/** Whether the server can be reached: told by requests and by the live socket, and found out by probing once it could not. */
class Connection {
  private requestsFail = false;
  private socketIsDown = false;
  private probes = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private state: ConnectionState = 'live';
  private readonly listeners = new Set<() => void>();
  private readonly closings = new Set<() => void>();

  constructor() {
    window.addEventListener('online', () => {
      this.update();
      this.probeNow();
    });
    window.addEventListener('offline', () => this.update());
  }

  readonly current = (): ConnectionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Calls back each time that the server answers again. */
  onRestored(listener: () => void): () => void {
    let before = this.state;
    return this.subscribe(() => {
      const restored = this.state === 'live' && before !== 'live';
      before = this.state;
      if (restored) listener();
    });
  }

  /** Calls back each time that the server no longer answers. */
  onLost(listener: () => void): () => void {
    let before = this.state;
    return this.subscribe(() => {
      const lost = before === 'live' && this.state !== 'live';
      before = this.state;
      if (lost) listener();
    });
  }

  /** Calls back each time that the live socket closes, also where it opens again at once, with a new token. */
  onSocketClosed(listener: () => void): () => void {
    this.closings.add(listener);
    return () => this.closings.delete(listener);
  }

  socketClosed(): void {
    for (const listener of [...this.closings]) listener();
  }

  /** Takes the server for unreachable until it answers again, and resolves then. */
  untilRestored(): Promise<void> {
    this.requestFailed();
    return new Promise((resolve) => {
      const stop = this.onRestored(() => {
        stop();
        resolve();
      });
    });
  }

  requestFailed(): void {
    this.requestsFail = true;
    this.update();
    this.timer ??= this.scheduleProbe();
  }

  requestSucceeded(): void {
    this.requestsFail = false;
    this.probes = 0;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.update();
  }

  socketFailed(): void {
    this.socketIsDown = true;
    this.update();
  }

  socketConnected(): void {
    this.socketIsDown = false;
    this.requestSucceeded();
  }

  /** Nobody needs the socket any more, so that it is down is no trouble. */
  socketUnneeded(): void {
    this.socketIsDown = false;
    this.update();
  }

  probeNow(): void {
    if (!this.requestsFail) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    void this.probe();
  }

  private scheduleProbe() {
    return setTimeout(() => void this.probe(), backoffMs(this.probes++));
  }

  private async probe(): Promise<void> {
    try {
      const response = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(5_000) });
      if (!response.ok) throw new Error(response.statusText);
      this.requestSucceeded();
    } catch {
      this.timer = this.scheduleProbe();
    }
  }

  private update(): void {
    const next = !navigator.onLine ? 'offline' : this.requestsFail || this.socketIsDown ? 'reconnecting' : 'live';
    if (next === this.state) return;
    this.state = next;
    for (const listener of [...this.listeners]) listener();
  }
}

/** Pauses double from half a second to five, with jitter, so that many clients do not return at the same moment. */
export function backoffMs(attempt: number): number {
  return Math.min(5_000, 500 * 2 ** attempt) * (0.5 + Math.random() / 2);
}

export const connection = new Connection();

export const useConnectionState = (): ConnectionState => useSyncExternalStore(connection.subscribe, connection.current);
