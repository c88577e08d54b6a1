import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { createBrowserRouter, Outlet, RouterProvider, type LazyRouteFunction, type RouteObject } from 'react-router';
import { createApolloClient } from './api/apollo-client';
import { session } from './api/session';
import { RequireSession } from './features/auth/require-session';
import { NotFoundPage } from './shell/not-found';
import { PageLoading, RouteFailure } from './shell/route-states';
import { cssVariables, theme } from './theme';

interface PageModule {
  default: React.ComponentType;
}

const page = (load: () => Promise<PageModule>): LazyRouteFunction<RouteObject> => async () => ({ Component: (await load()).default });

function Root() {
  return (
    <>
      <Notifications position="bottom-right" limit={4} />
      <Outlet />
    </>
  );
}

const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: RouteFailure,
    HydrateFallback: PageLoading,
    children: [
      { path: '/sign-in', lazy: page(() => import('./features/auth/sign-in.page')) },
      { path: '/sign-up', lazy: page(() => import('./features/auth/sign-up.page')) },
      {
        Component: RequireSession,
        children: [
          {
            ErrorBoundary: RouteFailure,
            children: [
              { index: true, lazy: page(() => import('./features/home/home.page')) },
              { path: '/prompts', lazy: page(() => import('./features/prompts/prompt-list.page')) },
              { path: '/prompts/new', lazy: page(() => import('./features/prompts/prompt-editor.page')) },
              { path: '/prompts/:id', lazy: page(() => import('./features/prompts/prompt-editor.page')) },
              { path: '/workflows', lazy: page(() => import('./features/workflows/workflow-list.page')) },
              { path: '/workflows/new', lazy: page(() => import('./features/workflows/workflow-editor.page')) },
              { path: '/workflows/:id', lazy: page(() => import('./features/workflows/workflow-editor.page')) },
              { path: '/runs', lazy: page(() => import('./features/executions/run-list.page')) },
              { path: '/runs/:id', lazy: page(() => import('./features/executions/run.page')) },
              { path: '/settings/api-keys', lazy: page(() => import('./features/settings/api-keys.page')) },
              { path: '*', Component: NotFoundPage },
            ],
          },
        ],
      },
    ],
  },
]);

const client = createApolloClient(session);
forgetDataOfOthers();
void session.start();

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ApolloProvider client={client}>
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>
  );
}

/** What one person loaded must not show to the next one in the same tab. */
function forgetDataOfOthers(): void {
  let owner = session.current().viewer?.id;
  session.subscribe(() => {
    const viewerId = session.current().viewer?.id;
    if (owner && viewerId !== owner) void client.clearStore();
    owner = viewerId;
  });
}
