import type { RunEvent } from './run-state';

/** `live`: events arrive as they happen. `reconnecting`: the connection was lost. `ended`: there is nothing more to come. */
export type Connection = 'connecting' | 'live' | 'reconnecting' | 'ended';

export interface Listener {
  next: (this: void, event: RunEvent) => void;
  error: (this: void, error: unknown) => void;
  complete: (this: void) => void;
}

export interface FeedOptions {
  after: number;
  /** Asks the server for all events after a sequence number; answers in a later turn. @returns how to stop */
  subscribe: (after: number, listener: Listener) => () => void;
  onEvent: (event: RunEvent) => void;
  onConnection: (connection: Connection) => void;
  /** An error that trying again would not mend. */
  isFinal: (error: unknown) => boolean;
  /** Calls back once it is worth trying again. @returns how to call it off */
  wait: (failures: number, ready: () => void) => () => void;
}

const lastEvents: ReadonlySet<string> = new Set(['EXECUTION_COMPLETED', 'EXECUTION_FAILED', 'EXECUTION_CANCELLED']);

/**
 * Follows a run to its end, over as many connections as that takes: each asks for what came after the last event that was seen, so none is
 * missed, and each is passed on once and in order.
 * @returns how to stop following
 */
export function followRun({ after, subscribe, onEvent, onConnection, isFinal, wait }: FeedOptions): () => void {
  let lastSeq = after;
  let failures = 0;
  let stopped = false;
  let release = () => {};

  const connect = () => {
    let over = false;
    onConnection(failures === 0 ? 'connecting' : 'reconnecting');

    const finish = () => {
      stopped = true;
      unsubscribe();
      onConnection('ended');
    };
    const reconnect = () => {
      if (over || stopped) return;
      over = true;
      failures += 1;
      onConnection('reconnecting');
      const callOff = wait(failures, () => {
        connect();
        unsubscribe();
      });
      release = () => {
        callOff();
        unsubscribe();
      };
    };

    const unsubscribe = subscribe(lastSeq, {
      next: (event) => {
        if (over || stopped || event.seq <= lastSeq) return;
        if (event.seq > lastSeq + 1) return reconnect();
        failures = 0;
        lastSeq = event.seq;
        onConnection('live');
        onEvent(event);
        if (lastEvents.has(event.type)) finish();
      },
      error: (error) => {
        if (over || stopped) return;
        if (isFinal(error)) finish();
        else reconnect();
      },
      complete: reconnect,
    });
    if (!over) release = unsubscribe;
  };

  connect();
  return () => {
    stopped = true;
    release();
  };
}

/** Waits half a second, doubling up to eight with each failure in a row, or until the browser says that the network is back. */
export function waitToReconnect(failures: number, ready: () => void): () => void {
  const cancel = () => {
    clearTimeout(timer);
    window.removeEventListener('online', retry);
  };
  const retry = () => {
    cancel();
    ready();
  };
  const timer = setTimeout(retry, Math.min(8000, 250 * 2 ** failures));
  window.addEventListener('online', retry);
  return cancel;
}
