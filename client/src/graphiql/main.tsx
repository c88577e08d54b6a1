import 'graphiql/setup-workers/vite';
import '@fontsource-variable/inter';
import 'graphiql/style.css';
import './graphiql.css';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { useEffect, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { createLiveSocket } from '../api/live-socket';
import { session } from '../api/session';
import { startingQuery } from './starting-query';

/** Sends what is typed as whoever is signed in here, unless the request brings an authorization of its own. */
const authorisedFetch: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  if (headers.has('authorization')) return fetch(input, init);
  const send = (token: string | null) => {
    if (token) headers.set('authorization', `Bearer ${token}`);
    return fetch(input, { ...init, headers });
  };
  const response = await send(await session.token());
  return response.status === 401 ? send(await session.refresh()) : response;
};

const fetcher = createGraphiQLFetcher({
  url: '/graphql',
  fetch: authorisedFetch,
  wsClient: createLiveSocket(session),
  enableIncrementalDelivery: false,
});

function Page() {
  const { status } = useSyncExternalStore(session.subscribe, session.current);
  useEffect(() => void session.start(), []);
  if (status === 'starting') return null;
  if (status === 'signed-in') {
    return (
      <GraphiQL fetcher={fetcher} defaultQuery={startingQuery} shouldPersistHeaders={false}>
        <GraphiQL.Logo>
          <a className="logo" href="/">PromptPilot Pro</a>
        </GraphiQL.Logo>
      </GraphiQL>
    );
  }
  return (
    <main className="notice">
      <h1>GraphiQL</h1>
      {status === 'unreachable' ? (
        <>
          <p>The server can’t be reached. Check that it is running.</p>
          <button type="button" onClick={() => void session.start()}>Try again</button>
        </>
      ) : (
        <>
          <p>Sign in to explore the API: queries run as you, with your rights.</p>
          <a className="button" href="/sign-in?next=/graphiql">Sign in</a>
        </>
      )}
    </main>
  );
}

const root = document.getElementById('graphiql');
if (root) createRoot(root).render(<Page />);
