import { isNativeError } from 'node:util/types';
import { z } from 'zod';
import { OutgoingError } from '../../../outgoing/outgoing-error.js';
import { ModelCallError } from '../provider.js';

export interface ModelErrorContext {
  host: string;
  model: string;
  apiKey: string | undefined;
  /** What the address and the key are set by, in words for whoever can change them. */
  setBy: { baseUrl: string; apiKey: string };
  /** Part of the answer has come already. */
  answering: boolean;
  /** Of the answer, once it is over. */
  contentType: string | undefined;
}

const LONGEST_WAIT_MS = 24 * 60 * 60 * 1_000;

// What the SDK throws when the server answers with an error, or does not answer at all.
const apiCallError = z.object({
  statusCode: z.number().optional(),
  responseHeaders: z.record(z.string(), z.string()).optional(),
  responseBody: z.string().optional(),
});
const namedError = z.object({ name: z.string() });
// What the server reports as an event of its stream.
const reportedError = z.union([
  z.string().transform((message) => ({ message, type: undefined })),
  z.object({ message: z.string(), type: z.string().optional().catch(undefined), name: z.undefined().optional() }),
]);
/** Of an answer with an error: its words, what OpenAI calls it, and what Google says beside. */
const bodyError = z.object({
  message: z.string(),
  code: z.union([z.string(), z.number()]).nullish().catch(undefined),
  details: z.array(z.object({ reason: z.string().optional(), retryDelay: z.string().optional() })).optional().catch(undefined),
});
type BodyError = z.infer<typeof bodyError>;
const errorBody = z
  .string()
  .transform((body, context): unknown => {
    try {
      return JSON.parse(body);
    } catch {
      context.addIssue('not JSON');
      return z.NEVER;
    }
  })
  .pipe(z.object({ error: z.union([z.string().transform((message): BodyError => ({ message })), bodyError]) }));

/** The stream ended as if all were well, before the answer did. */
export class BrokenOffError extends Error {
  override readonly name = 'BrokenOffError';
}

/** Sorts what went wrong by what it means for another attempt. The message never holds the key. */
export function toModelCallError(error: unknown, context: ModelErrorContext): ModelCallError {
  if (error instanceof ModelCallError) return error;
  const { host } = context;
  const { name } = namedError.catch({ name: '' }).parse(error);
  if (name === 'AI_NoOutputGeneratedError' || (context.contentType !== undefined && !context.contentType.includes('event-stream'))) {
    return new ModelCallError(
      'BAD_RESPONSE',
      `${host} did not answer with a stream of model output. Check ${context.setBy.baseUrl}: such addresses often end in /v1.`,
    );
  }
  if (name === 'AI_JSONParseError' || name === 'AI_TypeValidationError') {
    return new ModelCallError('BAD_RESPONSE', `The answer of ${host} is not in the format of its API.`);
  }
  if (name === 'AI_InvalidResponseDataError' || name === 'BrokenOffError') return cutOff(host);
  if (name === 'AI_UnsupportedFunctionalityError' && isNativeError(error)) return new ModelCallError('REFUSED', `${host} can’t be asked so: ${error.message}`);
  const call = name === 'AI_APICallError' ? apiCallError.safeParse(error) : undefined;
  if (call?.success && call.data.statusCode !== undefined && call.data.statusCode >= 400) {
    const { statusCode, responseHeaders = {}, responseBody = '' } = call.data;
    return statusError({ status: statusCode, headers: responseHeaders, body: responseBody }, context);
  }
  const reported = call ? undefined : reportedError.safeParse(error);
  if (reported?.success) {
    const { message, type } = reported.data;
    return new ModelCallError(type === 'rate_limit_error' ? 'RATE_LIMITED' : 'UNAVAILABLE', `${host} reported an error: ${safe(message, context)}`);
  }
  const refused = refusalWithin(error);
  if (refused) return new ModelCallError('REFUSED', refused.message);
  if (context.answering) return cutOff(host);
  return new ModelCallError('UNAVAILABLE', `${host} can't be reached. Check ${context.setBy.baseUrl}, and that the server runs.`);
}

/** The SDK and `fetch` wrap what went wrong. */
function refusalWithin(error: unknown): OutgoingError | undefined {
  for (let cause = error; isNativeError(cause); cause = cause.cause) if (cause instanceof OutgoingError) return cause;
  return undefined;
}

function cutOff(host: string): ModelCallError {
  return new ModelCallError('CUT_OFF', `The answer of ${host} broke off before its end.`);
}

/** What an answer with a status from 400 on means. */
export function statusError({ status, headers, body }: { status: number; headers: Record<string, string>; body: string }, context: ModelErrorContext): ModelCallError {
  const { host, model } = context;
  const parsed = errorBody.safeParse(body);
  const error = parsed.success ? parsed.data.error : undefined;
  const reason = error ? ` It says: ${safe(error.message, context)}` : '';
  const refused = (message: string) => new ModelCallError('REFUSED', `${message}${reason}`);
  if (status === 402 || error?.code === 'insufficient_quota') return refused(`${host} has no credit left for the key (${status}). Top up the account there, or use another key.`);
  if (status === 429) return new ModelCallError('RATE_LIMITED', `${host} asks to slow down.${reason}`, retryAfterMs(headers, error));
  if (status >= 500 || status === 408) {
    return new ModelCallError('UNAVAILABLE', `${host} answered with an error (${status}).${reason}`, retryAfterMs(headers, error));
  }
  if (status === 401 || status === 403 || error?.details?.some((detail) => detail.reason === 'API_KEY_INVALID')) {
    return refused(`${host} refused the key (${status}). Check ${context.setBy.apiKey}.`);
  }
  if (status === 404) return refused(`${host} knows no model “${model}” at this address (404). Check the model's name and ${context.setBy.baseUrl}.`);
  return refused(`${host} refused the request (${status}). Change the prompt or its model settings.`);
}

/** Servers quote what they were sent, sometimes the key. */
function safe(text: string, { apiKey }: ModelErrorContext): string {
  const hidden = apiKey ? text.replaceAll(apiKey, '[key]') : text;
  return hidden.length > 300 ? `${hidden.slice(0, 300)}…` : hidden;
}

/** `retry-after-ms`, or `Retry-After` in seconds or as a date, or what Google says in the body, such as `32.5s`. */
function retryAfterMs(headers: Record<string, string>, error: BodyError | undefined): number | undefined {
  const inMs = headers['retry-after-ms'];
  const other = headers['retry-after'];
  const inBody = error?.details?.find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
  const candidates = [
    inMs === undefined ? NaN : Number(inMs),
    other === undefined ? NaN : Number(other) * 1_000,
    other === undefined ? NaN : Date.parse(other) - Date.now(),
    inBody === undefined ? NaN : Number(inBody.replace(/s$/, '')) * 1_000,
  ];
  const wait = candidates.find((ms) => Number.isFinite(ms));
  return wait === undefined ? undefined : Math.min(Math.max(Math.round(wait), 0), LONGEST_WAIT_MS);
}
