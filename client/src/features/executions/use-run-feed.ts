import { useApolloClient } from '@apollo/client/react';
import { useEffect, useReducer, useRef, useState } from 'react';
import { followEvents } from './follow-events';
import type { Connection } from './run-feed';
import { stateOfRecord } from './run-snapshot';
import { applyEvents, emptyRun, type RunEvent, type RunState } from './run-state';
import { runEventsDocument, type Run } from './run.queries';

interface RunFeed {
  state: RunState;
  connection: Connection;
  /** The newest event that somebody who can't see the page should hear of. */
  lastChange: RunEvent | null;
}

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
    return followEvents(
      {
        subscribe: (after) => client.subscribe({ query: runEventsDocument, variables: { executionId: id, after } }),
        eventOf: (data) => data.executionEvents,
      },
      {
        onConnection: setConnection,
        onEvents: (events) => {
          take(events);
          const change = events.findLast(({ type, seq }) => type !== 'STEP_OUTPUT' && seq > knownSeq);
          if (!change) return;
          setLastChange(change);
          changed.current();
        },
      },
    );
  }, [client, id, follow, knownSeq]);

  const caughtUp = follow && state.lastSeq >= knownSeq;
  return { state: caughtUp ? state : stateOfRecord(run), connection: follow ? connectionState : 'ended', lastChange };
}
