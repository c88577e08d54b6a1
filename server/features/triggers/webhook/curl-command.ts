import { type BoundScheme } from './schemes/signature-scheme.js';

/**
 * Shell lines that send a signed request to a trigger, for a POSIX shell with openssl and curl. Its address and secret are taken from
 * the variables URL and SECRET, which whoever runs them sets before.
 */
export function curlCommand({ signing }: BoundScheme, payload: unknown): string {
  const headers = ['Content-Type: application/json', ...signing.headers].map((header) => `-H "${header}"`);
  return [`BODY=${quoted(JSON.stringify(payload))}`, ...signing.lines, ['curl -X POST "$URL"', ...headers, '--data-raw "$BODY"'].join(' \\\n  ')].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
