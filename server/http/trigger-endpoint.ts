import express, { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express';
import { DomainError, InvalidInputError, UnauthenticatedError } from '../errors.js';
import { type AuthService } from '../features/auth/auth.service.js';
import { type Identity } from '../features/auth/identity.js';
import { type ExecutionRecord } from '../features/executions/execution.types.js';
import { type ApiLaunches, hasEnded } from '../features/triggers/api/api-launches.service.js';
import { type UnderWay } from '../under-way.js';
import { answerWith } from './domain-errors.js';
import { sendEvents } from './execution-stream.js';

const longestBody = 1024 * 1024;
const longestWaitSeconds = 120;

/**
 * What programs without a GraphQL client launch workflows by: `POST /triggers/:id`, which answers at once, or with `?wait=<seconds>` once the run has ended, or with
 * `Accept: text/event-stream` as it goes. What was launched can be asked for and followed again below it.
 */
export function triggerEndpoint(launches: ApiLaunches, auth: Pick<AuthService, 'authenticate'>, underWay: UnderWay): Router {
  const router = Router();
  const withIdentity = (handle: Handle): RequestHandler => {
    const answer = guarded(auth, handle);
    return (request, response, next) => underWay.add(answer(request, response, next));
  };
  router.post('/triggers/:id', express.json({ limit: longestBody, type: () => true, strict: false }), withIdentity((request, response, identity) => launch(launches, request, response, identity)));
  router.get('/triggers/:id/executions/:executionId', withIdentity(async (request, response, identity) => {
    const execution = await launches.execution(identity, parameter(request, 'id'), parameter(request, 'executionId'));
    const waitMs = waitOf(request);
    response.json(resultOf(waitMs && !hasEnded(execution) ? await launches.wait(identity, execution.id, waitMs, goneWith(response)) : execution));
  }));
  router.get('/triggers/:id/executions/:executionId/events', withIdentity(async (request, response, identity) => {
    const { id } = await launches.execution(identity, parameter(request, 'id'), parameter(request, 'executionId'));
    await sendEvents(response, await launches.follow(identity, id, lastEventId(request)));
  }));
  return router;
}

async function launch(launches: ApiLaunches, request: Request, response: Response, identity: Identity): Promise<void> {
  const waitMs = waitOf(request);
  const triggerId = parameter(request, 'id');
  const { id: deliveryId, executionId, verdict, state, reason, launchError } = await launches.launch(identity, {
    triggerId,
    payload: request.body as unknown,
    headers: headersOf(request),
    query: queryOf(request),
    idempotencyKey: request.get('idempotency-key'),
  });
  const url = executionId && `/triggers/${triggerId}/executions/${executionId}`;
  const launched = { deliveryId, executionId: executionId ?? null, ...(url && { url, events: `${url}/events` }) };
  if (executionId === undefined) {
    response.status(state === 'DEAD' ? 422 : 202).json({ ...launched, verdict, state, reason: reason ?? launchError });
    return;
  }
  if (request.accepts(['application/json', 'text/event-stream']) === 'text/event-stream') {
    response.setHeader('X-Execution-Id', executionId);
    await sendEvents(response, await launches.follow(identity, executionId, 0));
    return;
  }
  if (waitMs === undefined) {
    response.status(202).json(launched);
    return;
  }
  const execution = await launches.wait(identity, executionId, waitMs, goneWith(response));
  response.status(hasEnded(execution) ? 200 : 202).json({ ...launched, ...resultOf(execution) });
}

type Handle = (request: Request, response: Response, identity: Identity) => Promise<void>;

function guarded(auth: Pick<AuthService, 'authenticate'>, handle: Handle) {
  return async (request: Request, response: Response, next: NextFunction): Promise<void> => {
    response.setHeader('Cache-Control', 'no-store');
    try {
      const identity = await auth.authenticate(request.headers.authorization);
      if (!identity) throw new UnauthenticatedError('Give an API key: `Authorization: Bearer pp_…`.');
      await handle(request, response, identity);
    } catch (error) {
      if (response.destroyed) return;
      if (response.headersSent || !(error instanceof DomainError)) next(error);
      else answerWith(response, error);
    }
  };
}

function resultOf({ id, status, output, error }: ExecutionRecord) {
  return { executionId: id, status, ...(output !== undefined && { output }), ...(error && { error }) };
}

/** @returns milliseconds; undefined where the caller does not wait */
function waitOf(request: Request): number | undefined {
  const { wait } = request.query;
  if (wait === undefined) return undefined;
  const seconds = Number(wait);
  if (typeof wait !== 'string' || !Number.isFinite(seconds) || seconds <= 0 || seconds > longestWaitSeconds) {
    throw new InvalidInputError([{ field: 'wait', message: `Give seconds to wait, more than 0 and at most ${longestWaitSeconds}.` }]);
  }
  return seconds * 1_000;
}

function lastEventId(request: Request): number {
  const given = request.get('last-event-id') ?? request.query['after'] ?? '0';
  const seq = Number(given);
  if (typeof given !== 'string' || !Number.isSafeInteger(seq) || seq < 0) throw new InvalidInputError([{ field: 'Last-Event-ID', message: 'Give the id of the last event that you have seen.' }]);
  return seq;
}

function parameter(request: Request, name: string): string {
  const value = request.params[name];
  return typeof value === 'string' ? value : '';
}

function headersOf({ headers }: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
}

function queryOf({ query }: Request): Record<string, string> {
  return Object.fromEntries(Object.entries(query).flatMap(([name, value]) => (typeof value === 'string' && name !== 'wait' ? [[name, value]] : [])));
}

/** Aborted when the caller's connection closes. */
function goneWith(response: Response): AbortSignal {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  return gone.signal;
}
