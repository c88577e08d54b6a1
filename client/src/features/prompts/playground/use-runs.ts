import { useApolloClient } from '@apollo/client/react';
import { useEffect, useReducer, useRef } from 'react';
import { problemOf } from '../../../api/api-errors';
import { connection } from '../../../api/connection';
import type { RunPromptInput } from '../../../gql/graphql';
import { promptRunEventsDocument } from './playground.operations';
import { idle, runReducer, type RunAction, type RunState } from './run-state';

type States = ReadonlyMap<string, RunState>;

interface Runs {
  stateOf: (column: string) => RunState;
  /** Starts a run in a column in place of the one before. */
  start: (column: string, input: RunPromptInput) => void;
  /** Ends the model's call. What had arrived stays. */
  cancel: (column: string) => void;
  clear: (column: string) => void;
  anyRunning: boolean;
}

/** The runs of a playground, one a column, each over a subscription of its own: leaving the page cancels them all. */
export function useRuns(): Runs {
  const client = useApolloClient();
  const [states, dispatch] = useReducer(reduceColumn, new Map<string, RunState>());
  const stops = useRef(new Map<string, () => void>());

  const stop = (column: string) => {
    stops.current.get(column)?.();
    stops.current.delete(column);
  };
  useEffect(() => {
    const open = stops.current;
    return () => {
      for (const end of open.values()) end();
      open.clear();
    };
  }, []);

  const start = (column: string, input: RunPromptInput) => {
    stop(column);
    const act = (action: RunAction) => dispatch({ column, action });
    const refuse = (error: unknown) => {
      stop(column);
      const { message, fields } = problemOf(error);
      act({ type: 'refuse', message, fields });
    };
    act({ type: 'begin', now: performance.now() });
    const events = client.subscribe({ query: promptRunEventsDocument, variables: { input } }).subscribe({
      next: ({ data, error }) => {
        if (data) act({ type: 'event', event: data.promptRunEvents, now: performance.now() });
        else if (error) refuse(error);
      },
      error: refuse,
      complete: () => stop(column),
    });
    // The live socket opens again by itself and would ask for the same run, which would be called and paid for twice.
    const unwatch = connection.onSocketClosed(() => refuse(new Error('The connection was lost.')));
    stops.current.set(column, () => {
      unwatch();
      events.unsubscribe();
    });
  };

  return {
    stateOf: (column) => states.get(column) ?? idle,
    start,
    cancel: (column) => {
      stop(column);
      dispatch({ column, action: { type: 'cancel', now: performance.now() } });
    },
    clear: (column) => {
      stop(column);
      dispatch({ column, action: { type: 'clear' } });
    },
    anyRunning: [...states.values()].some(({ phase }) => phase === 'running'),
  };
}

function reduceColumn(states: States, { column, action }: { column: string; action: RunAction }): States {
  return new Map(states).set(column, runReducer(states.get(column) ?? idle, action));
}
