import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
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
  /** What the caller's program says that it is. */
  userAgent?: string | undefined;
  /** Tells the requests of one caller apart; told to them as `X-Request-Id`. */
  requestId: string;
  refreshCookie: RefreshCookie;
  /** Aborted, with `callerGone`, when the caller's connection is gone, which may be after the answer. */
  gone: AbortSignal;
  loaders: RequestLoaders;
  /** The app's one instance of a resolver class, for a subscription's source, which the library calls without an instance. */
  instanceOf<Resolver extends object>(type: new (...dependencies: never[]) => Resolver): Resolver;
}

/** Reads many things of a workspace at once, as whoever asks may see them. @returns those that exist, by the ids that were asked for */
export type ReadMany<Found> = (workspaceId: string, ids: readonly string[], identity: Identity) => Promise<ReadonlyMap<string, Found>>;

/** What one request has asked for by id: whatever its fields ask for together is read in one query. */
export class RequestLoaders {
  private readonly made = new Map<unknown, unknown>();

  /**
   * @param read both what reads them and, being one function for as long as the app lives, what tells loaders apart
   * @param absent what stands for an id that nothing is found for; it is thrown where it is an Error
   */
  load<Found>(read: ReadMany<Found>, identity: Identity, id: string, absent: (id: string) => Found | Error): Promise<Found> {
    const existing = this.made.get(read);
    const loader = existing instanceof DataLoader ? (existing as DataLoader<string, Found>) : this.make(read, identity, absent);
    return loader.load(id);
  }

  /** What is asked for from now on is read anew: for an operation that lives on, such as a subscription between two events. */
  forget(): void {
    this.made.clear();
  }

  private make<Found>(read: ReadMany<Found>, identity: Identity, absent: (id: string) => Found | Error): DataLoader<string, Found> {
    const loader = new DataLoader<string, Found>(async (ids) => {
      const found = await read(identity.workspaceId, ids, identity);
      return ids.map((id) => found.get(id) ?? absent(id));
    });
    this.made.set(read, loader);
    return loader;
  }
}

/** Whether a value that passed through a library is what `RequestContexts` made. */
export function isRequestContext(value: unknown): value is RequestContext {
  return typeof value === 'object' && value !== null && 'loaders' in value && value.loaders instanceof RequestLoaders;
}

/** Nobody reads it, and nobody is to blame: it has a code so that it is not logged as a fault. */
export function callerGone(): GraphQLError {
  return new GraphQLError('The caller has closed the connection.', { extensions: { code: 'CALLER_GONE' } });
}

/** @throws UnauthenticatedError where nobody is signed in, though the auth checker has refused those already */
export function identityOf(context: RequestContext): Identity {
  if (!context.identity) throw new UnauthenticatedError('Sign in first.');
  return context.identity;
}
