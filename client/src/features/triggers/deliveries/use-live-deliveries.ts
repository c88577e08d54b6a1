import { useApolloClient } from '@apollo/client/react';
import { useEffect } from 'react';
import { connection } from '../../../api/connection';
import { deliveriesDocument, deliveryFeedDocument } from './delivery.operations';

const refreshAtMostEveryMs = 500;
/** By then the feed has begun. */
const feedBeginsWithinMs = 1_500;

/** Keeps what is shown of a trigger's deliveries true: rows change in place, and lists are asked for anew when one comes. */
export function useLiveDeliveries(triggerId: string): void {
  const client = useApolloClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer = undefined;
      // A failure shows in the connection's state; the next delivery asks again.
      void client.refetchQueries({ include: [deliveriesDocument] }).catch(() => undefined);
    };
    const refreshSoon = () => (timer ??= setTimeout(refresh, refreshAtMostEveryMs));
    const feed = client.subscribe({ query: deliveryFeedDocument, variables: { triggerId } }).subscribe({ next: refreshSoon, error: () => undefined });
    // What came after the list was read and before the feed began, nobody tells of.
    const begun = setTimeout(refreshSoon, feedBeginsWithinMs);
    const unwatch = connection.onSocketClosed(refreshSoon);
    return () => {
      feed.unsubscribe();
      unwatch();
      clearTimeout(timer);
      clearTimeout(begun);
    };
  }, [client, triggerId]);
}
