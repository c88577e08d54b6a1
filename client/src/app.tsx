import type { ApolloClient } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from 'react-router';
import type { createRouter } from './routes';
import { cssVariables, theme } from './theme';

interface AppProps {
  client: ApolloClient;
  router: ReturnType<typeof createRouter>;
}

export function App({ client, router }: AppProps) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <ApolloProvider client={client}>
        {/* Apollo asks for what a render names while it renders: a transition that is interrupted would have it ask for both pages in turn. */}
        <RouterProvider router={router} useTransitions={false} />
      </ApolloProvider>
    </MantineProvider>
  );
}
