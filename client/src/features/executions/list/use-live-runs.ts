import { useApolloClient } from '@apollo/client/react';
import { useEffect, useRef } from 'react';
import { connection } from '../../../api/connection';
import type { ExecutionFilterInput } from '../../../gql/graphql';
import { runChangesDocument, runsDocument, type RunRow } from './run-list.operations';

/** What the server gives at once. */
const largestPage = 100;
const refreshAtMostEveryMs = 1_000;
/** What was missed while the socket was down shows after this time at the latest. */
const refreshAtLeastEveryMs = 30_000;

interface LiveRuns {
  rows: readonly RunRow[];
  filter: ExecutionFilterInput;
  pageSize: number;
}

/**
 * Keeps the list true: rows change in place as their runs do, and the list is asked for anew when there may be rows that it lacks, all of its
 * loaded pages at once so that it does not shrink.
 */
export function useLiveRuns({ rows, filter, pageSize }: LiveRuns): void {
  const client = useApolloClient();
  const state = useRef({ rows, filter, pageSize });
  useEffect(() => {
    state.current = { rows, filter, pageSize };
  });

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      if (document.hidden) return;
      const first = Math.max(state.current.pageSize, state.current.rows.length);
      if (first > largestPage) return;
      // A failure shows in the connection's state; the next attempt is soon.
      void client.query({ query: runsDocument, variables: { first, filter: state.current.filter }, fetchPolicy: 'network-only' }).catch(() => undefined);
    };
    const refreshSoon = () => (timer ??= setTimeout(refresh, refreshAtMostEveryMs));
    const changes = client.subscribe({ query: runChangesDocument }).subscribe({
      next: ({ data }) => {
        const run = data?.executionFeed.execution;
        // A row that is there has changed in place: the cache knows it by its id.
        if (!run || !state.current.rows.some(({ id }) => id === run.id)) refreshSoon();
      },
      error: () => undefined,
    });
    const unwatch = connection.onSocketClosed(refreshSoon);
    document.addEventListener('visibilitychange', refreshSoon);
    const interval = setInterval(refreshSoon, refreshAtLeastEveryMs);
    return () => {
      changes.unsubscribe();
      unwatch();
      document.removeEventListener('visibilitychange', refreshSoon);
      clearInterval(interval);
      clearTimeout(timer);
    };
  }, [client]);
}
