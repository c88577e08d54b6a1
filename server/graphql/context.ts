import { UnauthenticatedError } from '../errors.js';
import { type Identity } from '../features/auth/identity.js';
import { type RefreshCookie } from '../features/auth/refresh-cookie.js';

/** What a resolver knows of the request it serves. Made anew for each HTTP request and each WebSocket operation. */
export interface RequestContext {
  identity: Identity | undefined;
  /** Why a token that was sent is not accepted. What is public works all the same, such as signing in again. */
  refusal?: UnauthenticatedError;
  /** The caller's network address, for throttling. */
  address: string;
  refreshCookie: RefreshCookie;
  loaders: RequestLoaders;
  /** The app's one instance of a resolver class, for a subscription's source, which the library calls without an instance. */
  instanceOf<Resolver extends object>(type: new (...dependencies: never[]) => Resolver): Resolver;
}

/** The loaders of one request: each made when first asked for, from the context that it batches for. */
export class RequestLoaders {
  private readonly made = new Map<unknown, unknown>();

  of<Loader>(make: () => Loader, key: unknown): Loader {
    if (!this.made.has(key)) this.made.set(key, make());
    return this.made.get(key) as Loader;
  }
}

/** @throws UnauthenticatedError where nobody is signed in, though the auth checker has refused those already */
export function identityOf(context: RequestContext): Identity {
  if (!context.identity) throw new UnauthenticatedError('Sign in first.');
  return context.identity;
}
