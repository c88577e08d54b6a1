import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, type FieldMergeFunction, type FieldPolicy, type Reference, type StoreObject } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import { relayStylePagination } from '@apollo/client/utilities';
import { OperationTypeNode } from 'graphql';
import { from, switchMap, tap, throwError } from 'rxjs';
import { problemOf } from './api-errors';
import { connection } from './connection';
import { createLiveSocket } from './live-socket';
import { type Session } from './session';

const alreadyRetried = 'sessionRefreshed';

/** Lists grow by `fetchMore({ variables: { after } })`; single objects are found in the lists that showed them. */
function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Query: {
        fields: {
          prompts: relayStylePagination(['search', 'filter', 'orderBy']),
          workflows: relayStylePagination(['search']),
          executions: relayStylePagination(['filter', 'status', 'workflowId']),
          promptRuns: relayStylePagination(['promptId', 'versionId']),
          replays: relayStylePagination(['workflowId']),
          apiKeys: relayStylePagination(),
          auditLog: relayStylePagination(['filter']),
          prompt: foundById('Prompt'),
          workflow: foundById('Workflow'),
          execution: foundById('Execution'),
          replay: foundById('Replay'),
          auditEntry: foundById('AuditEntry'),
        },
      },
      Prompt: { fields: { versions: relayStylePagination(['branch']), labels: { merge: mergeByName } } },
      PromptVersion: { fields: { labels: { merge: mergeByName } } },
      PromptLabel: { keyFields: false, fields: { moves: relayStylePagination() } },
      Execution: { fields: { children: relayStylePagination(['stepKey', 'status']) } },
      Workflow: { fields: { versions: relayStylePagination() } },
      // Keys are unique within their execution only, ids of messages and of conflicts within what they belong to.
      StepExecution: { keyFields: false },
      PromptMessage: { keyFields: false },
      MessageDiff: { keyFields: false },
      PromptMergeConflict: { keyFields: false },
    },
  });
}

/** Of objects that are known by their name within what they belong to: what one query did not ask for stays as another found it. */
const mergeByName: FieldMergeFunction<readonly StoreObject[]> = (existing = [], incoming, { readField, mergeObjects }) =>
  incoming.map((item) => {
    const known = existing.find((other) => readField('name', other) === readField('name', item));
    return known ? mergeObjects(known, item) : item;
  });

function foundById(typename: string): FieldPolicy<Reference> {
  return {
    read(found, { args, toReference }) {
      const id: unknown = args?.['id'];
      return found ?? (typeof id === 'string' ? toReference({ __typename: typename, id }) : undefined);
    },
  };
}

/** The API as this client speaks it: tokens refreshed when they are refused, and the connection's state kept. */
export function createApolloClient(session: Session): ApolloClient {
  const socket = createLiveSocket(session);

  const refreshWhenRefused = new ErrorLink(({ error, operation, forward }) => {
    const context = operation.getContext();
    if (context[alreadyRetried] || problemOf(error).code !== 'UNAUTHENTICATED') return;
    return from(session.refresh()).pipe(
      switchMap((token) => {
        if (!token) return throwError(() => error);
        operation.setContext({ [alreadyRetried]: true });
        // An open socket still carries the refused token.
        if (operation.operationType === OperationTypeNode.SUBSCRIPTION) socket.terminate();
        return forward(operation);
      }),
    );
  });

  const authorise = new SetContextLink(async () => {
    const token = await session.token();
    return { headers: token ? { authorization: `Bearer ${token}` } : {} };
  });

  const watchConnection = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      tap({
        next: () => connection.requestSucceeded(),
        error: (error: unknown) => {
          if (problemOf(error).code === 'UNREACHABLE') connection.requestFailed();
        },
      }),
    ),
  );

  const http = ApolloLink.from([authorise, watchConnection, new HttpLink({ uri: '/graphql' })]);
  const client = new ApolloClient({
    link: refreshWhenRefused.concat(
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        new GraphQLWsLink(socket),
        http,
      ),
    ),
    cache: createCache(),
    defaultOptions: { watchQuery: { fetchPolicy: 'cache-and-network', nextFetchPolicy: 'cache-first' } },
  });
  connection.onRestored(() => void client.refetchQueries({ include: 'active' }));
  return client;
}
