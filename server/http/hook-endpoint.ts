import { type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { type Logger } from 'pino';
import { type HookAnswer, nothingHere, onlyPost, tooLong, tryAgain } from '../features/triggers/webhook/hook-answers.js';
import { type WebhookReceiver } from '../features/triggers/webhook/webhook.receiver.js';
import { type UnderWay } from '../under-way.js';
import { BodyTooLongError, readBody } from './read-body.js';

export const hookPath = '/hooks/';
const longestBody = 1024 * 1024;

/** `POST /hooks/:id`. It stands before Express, which takes longer than all that is done here. */
export function hookEndpoint(receiver: Pick<WebhookReceiver, 'receive'>, logger: Logger, underWay: UnderWay): RequestListener {
  return (request, response) => {
    underWay.add(answerTo(request, receiver, logger)).then(
      (answer) => send(answer, response),
      // Nobody is left to be answered.
      () => response.destroy(),
    );
  };
}

/** @throws when the sender breaks off */
async function answerTo(request: IncomingMessage, receiver: Pick<WebhookReceiver, 'receive'>, logger: Logger): Promise<HookAnswer> {
  if (request.method !== 'POST') return onlyPost();
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://hooks.invalid');
  const [triggerId = '', ...rest] = pathname.slice(hookPath.length).split('/');
  if (rest.length > 0) return nothingHere();
  let body: Buffer;
  try {
    body = await readBody(request, longestBody);
  } catch (error) {
    if (error instanceof BodyTooLongError) return tooLong(longestBody);
    throw error;
  }
  try {
    return await receiver.receive({ triggerId, headers: request.headers, query: Object.fromEntries(searchParams), body, source: request.socket.remoteAddress ?? '' });
  } catch (error) {
    logger.error({ err: error, triggerId }, 'A webhook could not be taken in');
    return tryAgain();
  }
}

function send({ status, headers, body }: HookAnswer, response: ServerResponse): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(text);
}
