import '@fontsource-variable/inter';
import '@fontsource-variable/jetbrains-mono';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './global.css';
import type { ApolloClient } from '@apollo/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createApolloClient } from './api/apollo-client';
import { session } from './api/session';
import { App } from './app';
import { createRouter, loadPagesAhead } from './routes';

const idleAfterMs = 2_000;

const client = createApolloClient(session);
forgetDataOfOthers(client);
void session.start();

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App client={client} router={createRouter()} />
    </StrictMode>,
  );
}
setTimeout(() => void loadPagesAhead(), idleAfterMs);

/** What one person loaded must not show to the next one in the same tab. */
function forgetDataOfOthers(of: ApolloClient): void {
  let owner = session.current().viewer?.id;
  session.subscribe(() => {
    const viewerId = session.current().viewer?.id;
    if (owner && viewerId !== owner) void of.clearStore();
    owner = viewerId;
  });
}
