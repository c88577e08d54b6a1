import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { ApolloProvider } from '@apollo/client/react';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { render } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { GraphQLError } from 'graphql';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';

/** What the API answers to an operation. One that throws an ApiRefusal refuses it. */
type Answers = Readonly<Record<string, (variables: Record<string, unknown>) => Record<string, unknown>>>;

/** Thrown by an answer: the error that the API would give. */
export class ApiRefusal extends Error {
  constructor(message: string, readonly extensions: Record<string, unknown> = { code: 'BAD_USER_INPUT' }) {
    super(message);
  }
}

/**
 * Shows a part of the client as the product would, before an API that answers by the names of operations.
 * @returns the person who uses it, and what was asked of the API
 */
export function show(part: ReactNode, answers: Answers = {}) {
  const asked: { operation: string; variables: Record<string, unknown> }[] = [];
  const link = new ApolloLink(({ operationName = '', variables }) =>
    new Observable((observer) => {
      asked.push({ operation: operationName, variables });
      const answer = answers[operationName];
      try {
        if (!answer) throw new ApiRefusal(`Nobody said what ${operationName} answers.`);
        observer.next({ data: answer(variables) });
      } catch (error) {
        if (!(error instanceof ApiRefusal)) throw error;
        observer.next({ errors: [new GraphQLError(error.message, { extensions: error.extensions }).toJSON()] });
      }
      observer.complete();
    }),
  );
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const router = createMemoryRouter([{ path: '*', element: part }]);
  const shown = render(
    <MantineProvider env="test">
      <ApolloProvider client={client}>
        <Notifications />
        <RouterProvider router={router} />
      </ApolloProvider>
    </MantineProvider>,
  );
  return { ...shown, person: userEvent.setup(), asked };
}
