import { useEffect } from 'react';

const everyMs = 2000;

/** Asks again and again while what a query shows goes on. */
export function usePolling(goesOn: boolean, startPolling: (everyMs: number) => void, stopPolling: () => void): void {
  useEffect(() => {
    if (!goesOn) return;
    startPolling(everyMs);
    return stopPolling;
  }, [goesOn, startPolling, stopPolling]);
}
