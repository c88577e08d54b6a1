import { type RawRequest } from './schemes/signature-scheme.js';

/** A body that is not what its content type says. Its message is meant for the sender. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
}

export interface RequestPayload {
  /** A JSON value. */
  payload: unknown;
  /** The body is the payload as JSON. */
  bodyIsPayload: boolean;
}

/**
 * What a request brings: JSON, a form as an object of its fields, or text as it is. An empty body is null.
 * @param payloadField a field of a form that holds the payload as JSON, as some providers send it
 * @throws UnreadableBodyError
 */
export function payloadOf({ headers, body }: RawRequest, payloadField?: string): RequestPayload {
  if (body.length === 0) return { payload: null, bodyIsPayload: false };
  const type = (headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const text = textOf(body);
  if (type === 'application/json' || type.endsWith('+json')) return { payload: json(text), bodyIsPayload: !hasByteOrderMark(body) };
  // What `curl -d '{…}'` sends is called a form and is none.
  const asJson = looksLikeJson(text) ? jsonIn(text) : undefined;
  if (asJson !== undefined) return { payload: asJson, bodyIsPayload: !hasByteOrderMark(body) };
  return { payload: type === 'application/x-www-form-urlencoded' ? formOf(text, payloadField) : text, bodyIsPayload: false };
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadableBodyError('The body is not UTF-8.');
  }
}

function hasByteOrderMark(body: Buffer): boolean {
  return body.readUInt8() === 0xef;
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableBodyError(`The body is not valid JSON${error instanceof Error ? `: ${error.message}` : ''}.`);
  }
}

/** @returns undefined where it is none */
function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function formOf(text: string, payloadField: string | undefined): unknown {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) fields.set(name, [...(fields.get(name) ?? []), value]);
  const [payload] = (payloadField === undefined ? undefined : fields.get(payloadField)) ?? [];
  if (payload !== undefined) return json(payload);
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}
