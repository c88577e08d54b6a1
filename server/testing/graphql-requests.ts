import { graphql } from 'graphql';
import { type Identity } from '../features/auth/identity.js';
import { type RequestContext, RequestLoaders } from '../graphql/context.js';
import { buildGraphqlSchema, type ResolverClass, Resolvers } from '../graphql/schema.js';

/** Answers GraphQL requests with the resolvers of some features, without a server: for what their fields read. */
export function graphqlRequests(
  classes: readonly [ResolverClass, ...ResolverClass[]],
  instances: readonly object[],
): (identity: Identity, query: string, variables?: Record<string, unknown>) => Promise<unknown> {
  const resolvers = new Resolvers(instances);
  const schema = buildGraphqlSchema(classes, resolvers);
  return async (identity, query, variables) => {
    const contextValue: RequestContext = {
      identity,
      address: '127.0.0.1',
      requestId: 'test',
      refreshCookie: { read: () => undefined, set: () => undefined, clear: () => undefined },
      gone: new AbortController().signal,
      loaders: new RequestLoaders(),
      instanceOf: (type) => resolvers.get(type),
    };
    const { data, errors } = await graphql({ schema, source: query, contextValue, variableValues: variables });
    if (errors?.[0]) throw errors[0].originalError ?? errors[0];
    // Without the null prototypes that GraphQL gives its objects.
    return JSON.parse(JSON.stringify(data)) as unknown;
  };
}
