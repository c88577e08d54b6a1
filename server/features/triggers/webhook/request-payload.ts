import { type RawRequest } from './schemes/signature-scheme.js';

/** A body that is not what its content type says. Its message is meant for the sender. */
export class UnreadableBodyError extends Error {
  override readonly name = 'UnreadableBodyError';
}

/**
 * What a request brings, as a JSON value: JSON, a form as an object of its fields, or text as it is. An empty body is null.
 * @param payloadField a field of a form that holds the payload as JSON, as some providers send it
 * @throws UnreadableBodyError
 */
export function payloadOf({ headers, body }: RawRequest, payloadField?: string): unknown {
  if (body.length === 0) return null;
  const type = (headers.get('Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const text = textOf(body);
  if (type === 'application/x-www-form-urlencoded') {
    // What `curl -d '{…}'` sends is called a form and is none.
    if (looksLikeJson(text)) return jsonOr(text, () => formOf(text, payloadField));
    return formOf(text, payloadField);
  }
  if (type === 'application/json' || type.endsWith('+json')) return json(text);
  return looksLikeJson(text) ? jsonOr(text, () => text) : text;
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new UnreadableBodyError('The body is not UTF-8.');
  }
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

function jsonOr(text: string, other: () => unknown): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return other();
  }
}

function formOf(text: string, payloadField: string | undefined): unknown {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) fields.set(name, [...(fields.get(name) ?? []), value]);
  const [payload] = (payloadField === undefined ? undefined : fields.get(payloadField)) ?? [];
  if (payload !== undefined) return json(payload);
  return Object.fromEntries([...fields].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}
