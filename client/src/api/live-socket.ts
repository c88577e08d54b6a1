import { createClient, type Client, type FormattedExecutionResult, type Sink, type SubscribePayload } from 'graphql-ws';
import { backoffMs, connection } from './connection';
import { type Session } from './session';

const forbidden = 4403;
const pingEveryMs = 10_000;
const pongWithinMs = 5_000;

const closeCodeOf = (event: unknown): number | undefined =>
  typeof event === 'object' && event !== null && 'code' in event && typeof event.code === 'number' ? event.code : undefined;

/** The socket that subscriptions run over. It is opened when the first one needs it and tries for as long as one does. */
export function createLiveSocket(session: Session): Client {
  const { protocol, host } = window.location;
  let token: string | null = null;
  let tokenRefused = false;
  let pongIsDue: ReturnType<typeof setTimeout> | undefined;
  let subscriptions = 0;

  const client: Client = createClient({
    // The token is fetched here and not in `connectionParams`, where a failure would end the subscription for good.
    url: async () => {
      token = await (tokenRefused ? session.refresh() : session.token());
      tokenRefused = false;
      return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/graphql`;
    },
    connectionParams: () => (token ? { authorization: `Bearer ${token}` } : {}),
    shouldRetry: () => session.current().status === 'signed-in',
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: (retries) => pauseOrOnline(backoffMs(retries)),
    connectionAckWaitTimeout: 10_000,
    keepAlive: pingEveryMs,
    lazyCloseTimeout: 2_000,
    on: {
      connected: () => connection.socketConnected(),
      ping: (received) => {
        if (!received) pongIsDue = setTimeout(() => client.terminate(), pongWithinMs);
      },
      pong: (received) => {
        if (received) clearTimeout(pongIsDue);
      },
      closed: (event) => {
        clearTimeout(pongIsDue);
        connection.socketClosed();
        const code = closeCodeOf(event);
        tokenRefused = code === forbidden;
        if (code !== 1000 && !tokenRefused && subscriptions > 0) connection.socketFailed();
      },
    },
  });

  // A socket that nobody needs may be down without it being a trouble.
  const subscribe = client.subscribe.bind(client);
  client.subscribe = <Data, Extensions>(payload: SubscribePayload, sink: Sink<FormattedExecutionResult<Data, Extensions>>) => {
    let needed = true;
    subscriptions++;
    const release = () => {
      if (!needed) return;
      needed = false;
      if (--subscriptions === 0) connection.socketUnneeded();
    };
    const unsubscribe = subscribe<Data, Extensions>(payload, {
      next: (value) => sink.next(value),
      error: (error) => {
        release();
        sink.error(error);
      },
      complete: () => {
        release();
        sink.complete();
      },
    });
    return () => {
      release();
      unsubscribe();
    };
  };
  return client;
}

function pauseOrOnline(pauseMs: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      window.removeEventListener('online', end);
      resolve();
    };
    const timer = setTimeout(end, pauseMs);
    window.addEventListener('online', end);
  });
}
