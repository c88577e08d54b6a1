import { timingSafeEqual } from 'node:crypto';
import { type Request, type RequestHandler, type Response, Router } from 'express';
import { type Logger } from 'pino';
import { type Metrics } from '../metrics/metrics.js';

export interface ProbeParts {
  /** Rejects while the process can't do its work, for instance because its database can't be reached. */
  checkReady: () => Promise<void>;
  /** Absent: nobody reads them. */
  metrics?: { of: Metrics; token: string } | undefined;
  logger: Logger;
}

/** What those who run the product ask of each of its processes, whatever its role. */
export function probes({ checkReady, metrics, logger }: ProbeParts): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => void response.json({ status: 'ok' }));
  router.get('/readyz', async (_request, response) => {
    try {
      await checkReady();
      response.json({ status: 'ready' });
    } catch (error) {
      logger.warn({ err: error }, 'Not ready');
      response.status(503).json({ status: 'unavailable' });
    }
  });
  router.get('/metrics', async (request, response) => {
    if (!metrics) return refuse(response, 404, 'Metrics are off. Set METRICS_TOKEN to turn them on.');
    if (!carries(request, metrics.token)) return refuse(response.setHeader('WWW-Authenticate', 'Bearer'), 401, 'Metrics are read with METRICS_TOKEN as a bearer token.');
    const { contentType, body } = await metrics.of.text();
    response.setHeader('Cache-Control', 'no-store').type(contentType).send(body);
  });
  return router;
}

/** Below 5 ms and above 10 s nobody asks for more. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Enters how long each request took, by the first part of its path where that names something of the product's. */
export function measured(metrics: Metrics): RequestHandler {
  const enter = metrics.durations('http_request_seconds', 'How long requests took to be answered.', ['method', 'route', 'status'], buckets);
  return (request, response, next) => {
    const begin = performance.now();
    response.once('finish', () => enter({ method: request.method, route: routeOf(request.path), status: String(response.statusCode) }, (performance.now() - begin) / 1_000));
    next();
  };
}

const routes = ['graphql', 'hooks', 'triggers', 'healthz', 'readyz', 'metrics', 'assets'];

/** Of a bounded number, whatever people ask for. */
function routeOf(path: string): string {
  const [, first = ''] = path.split('/');
  return routes.includes(first) ? `/${first}` : 'other';
}

function carries(request: Request, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function refuse(response: Response, status: number, message: string): void {
  response.status(status).type('text/plain').send(`${message}\n`);
}
