import { type Connection, type ProviderKind } from '../kinds/provider-kind.js';
import { ModelCallError } from '../provider.js';
import { type ModelErrorContext, statusError, toModelCallError } from './errors.js';

/** So much of an answer says what went wrong. */
const longestError = 10_000;

/**
 * Asks a provider which models a key reaches.
 * @returns their names, sorted; undefined where the server does not list them
 * @throws ModelCallError; the signal's reason when it is aborted
 */
export async function listModels(
  { listing }: ProviderKind,
  { baseUrl, apiKey, fetch, setBy }: Required<Connection> & { apiKey: string } & Pick<ModelErrorContext, 'setBy'>,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  const context: ModelErrorContext = { host: new URL(baseUrl).host, model: '', apiKey, setBy, answering: false, contentType: undefined };
  try {
    const response = await fetch(`${baseUrl}${listing.path}`, { headers: listing.headers(apiKey), signal });
    if (response.status === 404 || response.status === 405) return undefined;
    const body = await response.text();
    if (!response.ok) throw statusError({ status: response.status, headers: Object.fromEntries(response.headers), body: body.slice(0, longestError) }, context);
    return listing.names.parse(JSON.parse(body)).sort();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SyntaxError || (error instanceof Error && error.name === 'ZodError')) {
      throw new ModelCallError('BAD_RESPONSE', `${context.host} does not list its models in the usual way. Check ${setBy.baseUrl}: such addresses often end in /v1.`);
    }
    throw toModelCallError(error, context);
  }
}
