import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { type Logger } from 'pino';
import { z } from 'zod';
import { limits } from '../graphql/limits.js';
import { clientFiles } from './client-files.js';
import { measured, type ProbeParts, probes } from './probes.js';
import { securityHeaders } from './security-headers.js';

export interface HttpAppParts extends ProbeParts {
  graphql: RequestHandler;
  /** What features answer beside GraphQL. */
  routes?: readonly RequestHandler[];
  clientFolder: string;
  publicUrl: string | undefined;
}

/** Every HTTP route of the product. */
export function createHttpApp(parts: HttpAppParts): Express {
  const { graphql, routes = [], clientFolder, publicUrl, logger } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders(publicUrl?.startsWith('https:') ?? false));
  if (parts.metrics) app.use(measured(parts.metrics.of));
  app.use(probes(parts));
  // Only JSON is parsed: a form or text/plain, which pages of other sites may send, never becomes an operation.
  app.use('/graphql', noStore, express.json({ limit: limits.bytes, type: 'application/json' }), withBody, graphql);
  for (const route of routes) app.use(route);
  app.use(clientFiles(clientFolder));
  app.use((request, response) => {
    response.status(404).json(errorBody('NOT_FOUND', `There is nothing at ${request.method} ${request.path}.`));
  });
  app.use(errorHandler(logger));
  return app;
}

/** What a worker answers: how it is, and nothing else. */
export function createWorkerApp(parts: ProbeParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.use(securityHeaders(false));
  app.use(probes(parts));
  app.use((request, response) => {
    response.status(404).json(errorBody('NOT_FOUND', `There is nothing at ${request.method} ${request.path}. This process is a worker: ask one whose ROLE is api or all.`));
  });
  app.use(errorHandler(parts.logger));
  return app;
}

const noStore: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store');
  next();
};

/** Apollo's middleware takes a request without a body for a mistake in the set-up. */
const withBody: RequestHandler = (request, _response, next) => {
  request.body ??= {};
  next();
};

const httpErrorSchema = z.object({ status: z.number().int().min(400).max(499), type: z.string().optional(), message: z.string() });

function errorHandler(logger: Logger): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error);
    const refused = httpErrorSchema.safeParse(error);
    if (!refused.success) {
      logger.error({ err: error }, 'An HTTP request failed unexpectedly');
      response.status(500).json(errorBody('INTERNAL_SERVER_ERROR', 'Something went wrong on our side. The server’s log says what.'));
      return;
    }
    const { status, type, message } = refused.data;
    if (type === 'entity.too.large') response.status(413).json(errorBody('PAYLOAD_TOO_LARGE', `A request may be ${limits.bytes / 1024 / 1024} MB long; this one is longer.`));
    else if (type === 'entity.parse.failed') response.status(400).json(errorBody('BAD_REQUEST', `The body is not valid JSON: ${message}`));
    else response.status(status).json(errorBody('BAD_REQUEST', message));
  };
}

/** The shape of a GraphQL error, wherever it happens. */
function errorBody(code: string, message: string) {
  return { errors: [{ message, extensions: { code } }] };
}
