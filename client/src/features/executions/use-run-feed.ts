import { useApolloClient } from '@apollo/client/react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { problemOf } from '../../api/api-errors';
import { connection } from '../../api/connection';
import { followRun, waitToReconnect, type Connection } from './run-feed';
import { stateOfRecord } from './run-snapshot';
import { applyEvents, emptyRun, type RunEvent, type RunState } from './run-state';
import { runEventsDocument, type Run } from './run.queries';

interface RunFeed {
  state: RunState;
  connection: Connection;
  /** The newest event that somebody who can't see the page should hear of. */
  lastChange: RunEvent | null;
}

const finalCodes: readonly string[] = ['NOT_FOUND', 'FORBIDDEN', 'BAD_USER_INPUT'];

/**
 * A run as it stands, followed by its events when `follow` is set. Events are taken in once a frame, however many arrive; `onChange` is told of
 * those that may have changed the server's record.
 */
export function useRunFeed(run: Run, follow: boolean, onChange: () => void): RunFeed {
  const client = useApolloClient();
  const [state, take] = useReducer(applyEvents, run.steps, (steps) => emptyRun(steps.map(({ key }) => key)));
  const [connectionState, setConnection] = useState<Connection>('connecting');
  const [lastChange, setLastChange] = useState<RunEvent | null>(null);
  // What happened before the page was opened is shown at once from the record, not replayed before the reader's eyes.
  const [knownSeq] = useState(run.lastSeq);
  const changed = useRef(onChange);
  useEffect(() => {
    changed.current = onChange;
  });

  const { id } = run;
  useEffect(() => {
    if (!follow) return;
    const batch = inFrames<RunEvent>((events) => {
      take(events);
      const change = events.findLast(({ type, seq }) => type !== 'STEP_OUTPUT' && seq > knownSeq);
      if (!change) return;
      setLastChange(change);
      changed.current();
    });
    const stop = followRun({
      after: 0,
      subscribe: (after, listener) => {
        const events = client.subscribe({ query: runEventsDocument, variables: { executionId: id, after } }).subscribe({
          next: ({ data, error }) => {
            if (data) listener.next(data.executionEvents);
            else if (error) listener.error(error);
          },
          error: listener.error,
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
      onConnection: setConnection,
      isFinal: (error) => finalCodes.includes(problemOf(error).code),
      wait: waitToReconnect,
    });
    return () => {
      stop();
      batch.drop();
    };
  }, [client, id, follow, knownSeq]);

  const caughtUp = follow && state.lastSeq >= knownSeq;
  return { state: caughtUp ? state : stateOfRecord(run), connection: follow ? connectionState : 'ended', lastChange };
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
