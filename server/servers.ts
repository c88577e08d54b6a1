import { type RequestListener } from 'node:http';
import { join } from 'node:path';
import { type AuthService } from './features/auth/auth.service.js';
import { announceChanges } from './graphql/announce-changes.js';
import { auditFields } from './graphql/audit-fields.js';
import { ErrorFormat } from './graphql/error-format.js';
import { GraphqlHttpEndpoint } from './graphql/http-endpoint.js';
import { RequestContexts } from './graphql/request-context.js';
import { buildGraphqlSchema, type Resolvers } from './graphql/schema.js';
import { resolverClasses } from './graphql/resolver-classes.js';
import { GraphqlSocketEndpoint } from './graphql/socket-endpoint.js';
import { type Ground } from './ground.js';
import { auditExport } from './http/audit-export.js';
import { type ApiLaunches } from './features/triggers/api/api-launches.service.js';
import { type WebhookReceiver } from './features/triggers/webhook/webhook.receiver.js';
import { createHttpApp, createWorkerApp } from './http/http-app.js';
import { hookEndpoint, hookPath } from './http/hook-endpoint.js';
import { HttpServer } from './http/http-server.js';
import { type ProbeParts } from './http/probes.js';
import { triggerEndpoint } from './http/trigger-endpoint.js';
import { projectRoot } from './project-root.js';
import { type Shutdown } from './shutdown.js';
import { UnderWay } from './under-way.js';
import { type AuditParts } from './wiring/audit.wiring.js';

/** Starts what answers requests. @returns where it is reached from this machine */
export async function startServers(
  ground: Ground,
  resolvers: Resolvers,
  auth: AuthService,
  audit: Pick<AuditParts, 'fields' | 'exports'>,
  webhooks: WebhookReceiver,
  launches: ApiLaunches,
  shutdown: Shutdown,
): Promise<string> {
  const { config, logger, bus } = ground;
  const schema = buildGraphqlSchema(resolverClasses, resolvers);
  // Within what is audited: others read anew at once, not when the entry has been stored.
  announceChanges(schema, bus);
  auditFields(schema, audit.fields);
  const underWay = new UnderWay();
  const parts = {
    schema,
    contexts: new RequestContexts(auth, resolvers),
    errors: new ErrorFormat(logger, config.environment),
    logger,
    config,
    underWay,
  };
  const graphql = await GraphqlHttpEndpoint.start(parts);
  shutdown.register(() => graphql.stop());
  const app = createHttpApp({
    graphql: graphql.handler,
    routes: [auditExport(audit.exports, underWay), triggerEndpoint(launches, auth, underWay)],
    clientFolder: join(projectRoot, 'dist', 'client'),
    publicUrl: config.publicUrl,
    ...probePartsOf(ground),
  });
  const hooks = hookEndpoint(webhooks, logger, underWay);
  const listener: RequestListener = (request, response) => (request.url?.startsWith(hookPath) ? hooks(request, response) : void app(request, response));
  const server = new HttpServer({ app: listener, sockets: new GraphqlSocketEndpoint(parts, bus), publicUrl: config.publicUrl, underWay });
  shutdown.register(() => server.stop());
  return server.start(config.port, config.host);
}

/** Starts what tells of a process that serves nobody. @returns where it is reached from this machine */
export async function startWorkerServer(ground: Ground, shutdown: Shutdown): Promise<string> {
  const server = new HttpServer({ app: createWorkerApp(probePartsOf(ground)), publicUrl: undefined });
  shutdown.register(() => server.stop());
  return server.start(ground.config.port, ground.config.host);
}

function probePartsOf({ config, logger, database, metrics }: Ground): ProbeParts {
  return {
    checkReady: async () => void (await database.prisma.workspace.findFirst({ select: { id: true } })),
    metrics: metrics && config.metricsToken !== undefined ? { of: metrics, token: config.metricsToken } : undefined,
    logger,
  };
}
