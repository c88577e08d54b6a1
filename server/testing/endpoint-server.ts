import pino from 'pino';
import { type Config } from '../config.js';
import { ApiKeyResolver } from '../features/auth/api-key.resolver.js';
import { AuthResolver } from '../features/auth/auth.resolver.js';
import { ErrorFormat } from '../graphql/error-format.js';
import { GraphqlHttpEndpoint } from '../graphql/http-endpoint.js';
import { RequestContexts } from '../graphql/request-context.js';
import { buildGraphqlSchema, type ResolverClass, Resolvers } from '../graphql/schema.js';
import { GraphqlSocketEndpoint } from '../graphql/socket-endpoint.js';
import { createHttpApp } from '../http/http-app.js';
import { HttpServer } from '../http/http-server.js';
import { UnderWay } from '../under-way.js';
import { authServices } from './auth-services.js';
import { createTestDatabase } from './test-database.js';

export interface EndpointServerOptions {
  environment?: Config['environment'];
  publicUrl?: string;
  clientFolder?: string;
  /** More resolvers than those of auth. */
  resolvers?: readonly { type: ResolverClass; instance: object }[];
  checkReady?: () => Promise<void>;
}

/** The endpoints over auth alone, on a real socket and database, under a clock that the test sets. */
export async function startEndpointServer(options: EndpointServerOptions = {}) {
  const { environment = 'production', publicUrl, clientFolder = '/nowhere', resolvers: more = [], checkReady = async () => undefined } = options;
  const testDatabase = await createTestDatabase();
  const { database } = testDatabase;
  const services = authServices(database);
  const log: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line) => void log.push(line) });
  const resolvers = new Resolvers([new AuthResolver(services.auth), new ApiKeyResolver(services.apiKeys), ...more.map(({ instance }) => instance)]);
  const schema = buildGraphqlSchema([AuthResolver, ApiKeyResolver, ...more.map(({ type }) => type)], resolvers);
  const parts = {
    schema,
    contexts: new RequestContexts(services.auth, resolvers),
    errors: new ErrorFormat(logger, environment),
    logger,
    config: { environment, publicUrl },
    underWay: new UnderWay(),
  };
  const endpoint = await GraphqlHttpEndpoint.start(parts);
  const app = createHttpApp({ graphql: endpoint.handler, checkReady, clientFolder, publicUrl, logger });
  const server = new HttpServer({ app, sockets: new GraphqlSocketEndpoint(parts, services.bus), publicUrl, underWay: parts.underWay });
  const url = await server.start(0, '127.0.0.1');
  let people = 0;
  return {
    url,
    log,
    /** What was logged as an error. */
    faults: () => log.filter((line) => /^{"level":[56]0,/.test(line)).map((line) => line.slice(0, 500)),
    database,
    ...services,
    server,
    /** A new person with a workspace, signed in. */
    async signUp() {
      const email = `someone-${++people}@example.com`;
      const cookies = { read: () => undefined, set: () => undefined, clear: () => undefined };
      return services.auth.signUp({ email, name: 'Ada', password: 'correct horse battery' }, { address: '203.0.113.9', refreshCookie: cookies });
    },
    stop: async () => {
      await server.stop();
      await endpoint.stop();
      await testDatabase.drop();
    },
  };
}
