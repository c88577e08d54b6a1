import type { GraphQLFormattedError } from 'graphql';
import { ApiError, problemOfGraphQLErrors } from './api-errors';
import { session } from './session';

/** Reads what the server hands out beside GraphQL, as whoever is signed in. @throws ApiError in the API's own words; a network error */
export async function download(address: string): Promise<Blob> {
  const answer = await request(address, await session.token());
  // The token may have just run out.
  const refused = answer.status === 401 ? await request(address, await session.refresh()) : answer;
  if (refused.ok) return refused.blob();
  const body: unknown = await refused.json().catch(() => undefined);
  throw new ApiError(problemOfGraphQLErrors(errorsIn(body)));
}

function request(address: string, token: string | null): Promise<Response> {
  return fetch(address, { headers: token ? { authorization: `Bearer ${token}` } : {} });
}

function errorsIn(body: unknown): GraphQLFormattedError[] {
  const errors: unknown = typeof body === 'object' && body !== null && 'errors' in body ? body.errors : undefined;
  return Array.isArray(errors) ? errors.filter(isError) : [];
}

function isError(value: unknown): value is GraphQLFormattedError {
  return typeof value === 'object' && value !== null && 'message' in value && typeof value.message === 'string';
}
