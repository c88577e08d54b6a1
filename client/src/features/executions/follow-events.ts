import type { Observable } from 'rxjs';
import { problemOf } from '../../api/api-errors';
import { connection } from '../../api/connection';
import { followRun, waitToReconnect, type Connection } from './run-feed';
import type { RunEvent } from './run-state';

interface EventSource<Data> {
  /** Asks the server for all events after a sequence number. */
  subscribe: (after: number) => Observable<{ data?: Data | null | undefined; error?: unknown }>;
  eventOf: (data: Data) => RunEvent;
}

interface Follower {
  /** Told once a frame, however many arrive. */
  onEvents: (events: RunEvent[]) => void;
  onConnection?: (connection: Connection) => void;
  /** There is nothing to follow any more, and trying again would not mend it. */
  onGone?: () => void;
}

const finalCodes: readonly string[] = ['NOT_FOUND', 'FORBIDDEN', 'BAD_USER_INPUT'];

const isFinal = (error: unknown) => finalCodes.includes(problemOf(error).code);

/** Follows what runs from its first event to its end, over the live socket. @returns how to stop */
export function followEvents<Data>({ subscribe, eventOf }: EventSource<Data>, { onEvents, onConnection, onGone }: Follower): () => void {
  const batch = inFrames(onEvents);
  const stop = followRun({
    after: 0,
    subscribe: (after, listener) => {
      const fail = (error: unknown) => {
        if (isFinal(error)) onGone?.();
        listener.error(error);
      };
      const events = subscribe(after).subscribe({
        next: ({ data, error }) => {
          if (data) listener.next(eventOf(data));
          else if (error) fail(error);
        },
        error: fail,
        complete: listener.complete,
      });
      // The live socket reconnects by itself and then sends what it was first asked to: events that were seen would all come again.
      const unwatch = connection.onLost(() => listener.error(new Error('The connection was lost.')));
      return () => {
        unwatch();
        events.unsubscribe();
      };
    },
    onEvent: batch.add,
    onConnection: (state) => onConnection?.(state),
    isFinal,
    wait: waitToReconnect,
  });
  return () => {
    stop();
    batch.drop();
  };
}

function inFrames<Item>(take: (items: Item[]) => void) {
  let items: Item[] = [];
  let cancel: (() => void) | undefined;
  const flush = () => {
    cancel = undefined;
    const taken = items;
    items = [];
    take(taken);
  };
  return {
    add: (item: Item) => {
      items.push(item);
      cancel ??= onNextFrame(flush);
    },
    drop: () => {
      cancel?.();
      items = [];
    },
  };
}

/** A page that is hidden has no frames, so that a timer stands by. */
function onNextFrame(callback: () => void): () => void {
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  const call = () => {
    cancel();
    callback();
  };
  const frame = requestAnimationFrame(call);
  const timer = setTimeout(call, 250);
  return cancel;
}
