import { randomUUID } from 'node:crypto';
import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import { expressMiddleware } from '@as-integrations/express5';
import { type RequestHandler, type Response } from 'express';
import { GraphQLError, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { type Logger } from 'pino';
import { type Config } from '../config.js';
import { type UnderWay } from '../under-way.js';
import { callerGone, type RequestContext } from './context.js';
import { type ErrorFormat } from './error-format.js';
import { operationProblem, parseOptions, rightsOf, shapeLimitRule } from './limits.js';
import { RefreshTokenCookie } from './refresh-token-cookie.js';
import { type RequestContexts } from './request-context.js';

export interface GraphqlParts {
  schema: GraphQLSchema;
  contexts: RequestContexts;
  errors: ErrorFormat;
  logger: Logger;
  config: Pick<Config, 'environment' | 'publicUrl'>;
  underWay: UnderWay;
}

/** GraphQL over HTTP, as its specification has it. The body must have been parsed. */
export class GraphqlHttpEndpoint {
  private constructor(
    readonly handler: RequestHandler,
    private readonly apollo: ApolloServer<RequestContext>,
  ) {}

  static async start({ schema, contexts, errors, logger, config, underWay }: GraphqlParts): Promise<GraphqlHttpEndpoint> {
    const apollo = new WaitedForApollo(underWay, {
      schema,
      logger,
      nodeEnv: config.environment,
      // Each operation is asked for introspection by `operationProblem`, which knows its caller.
      introspection: true,
      csrfPrevention: true,
      allowBatchedHttpRequests: false,
      persistedQueries: false,
      stopOnTerminationSignals: false,
      includeStacktraceInErrorResponses: false,
      parseOptions,
      validationRules: [shapeLimitRule],
      formatError: (_formatted, error) => errors.format(error),
      plugins: [
        ApolloServerPluginLandingPageDisabled(),
        // It looks at every field for hints that no field here has.
        ApolloServerPluginCacheControlDisabled(),
        // It would report to Apollo's servers wherever APOLLO_KEY happens to be set.
        ApolloServerPluginUsageReportingDisabled(),
        operationChecks(schema, config.environment),
      ],
    });
    await apollo.start();
    const handler = expressMiddleware(apollo, {
      context: ({ req, res }) => {
        const requestId = randomUUID();
        res.setHeader('X-Request-Id', requestId);
        return contexts.make({
          authorization: req.headers.authorization,
          address: req.socket.remoteAddress ?? '',
          userAgent: req.headers['user-agent'],
          requestId,
          refreshCookie: new RefreshTokenCookie(req, res, config.publicUrl),
          gone: closingOf(res),
        });
      },
    });
    return new GraphqlHttpEndpoint(handler, apollo);
  }

  stop(): Promise<void> {
    return this.apollo.stop();
  }
}

/** Its operations go on when their callers hang up. */
class WaitedForApollo extends ApolloServer<RequestContext> {
  constructor(
    private readonly underWay: UnderWay,
    options: ApolloServerOptions<RequestContext>,
  ) {
    super(options);
  }

  override executeHTTPGraphQLRequest(request: Parameters<ApolloServer<RequestContext>['executeHTTPGraphQLRequest']>[0]) {
    return this.underWay.add(super.executeHTTPGraphQLRequest(request));
  }
}

function closingOf(response: Response): AbortSignal {
  if (response.destroyed) return AbortSignal.abort(callerGone());
  const closing = new AbortController();
  response.once('close', () => closing.abort(callerGone()));
  return closing.signal;
}

function operationChecks(schema: GraphQLSchema, environment: Config['environment']): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, request, contextValue }) => {
        if (operation?.operation === OperationTypeNode.SUBSCRIPTION) {
          throw new GraphQLError('Subscriptions run over a WebSocket at this address, with the protocol graphql-transport-ws.', {
            extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
          });
        }
        const problem = operationProblem({
          schema,
          document,
          operationName: request.operationName,
          variables: request.variables,
          ...rightsOf(contextValue, environment),
        });
        if (problem) throw problem;
      },
    }),
  };
}
