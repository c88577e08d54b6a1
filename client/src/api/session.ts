import type { TypedDocumentNode } from '@apollo/client';
import { print, type FormattedExecutionResult } from 'graphql';
import { graphql } from '../gql';
import type { SignInInput, SignInMutation, SignUpInput } from '../gql/graphql';
import { ApiError, problemOfGraphQLErrors } from './api-errors';
import { connection } from './connection';

const signInDocument = graphql(`
  mutation SignIn($input: SignInInput!) {
    signIn(input: $input) { accessToken expiresAt viewer { id name email permissions workspace { id name } } }
  }
`);
const signUpDocument = graphql(`
  mutation SignUp($input: SignUpInput!) {
    signUp(input: $input) { accessToken expiresAt viewer { id name email permissions workspace { id name } } }
  }
`);
const refreshDocument = graphql(`
  mutation RefreshSession {
    refreshSession { accessToken expiresAt viewer { id name email permissions workspace { id name } } }
  }
`);
const signOutDocument = graphql(`
  mutation SignOut {
    signOut { signedOut }
  }
`);

type AuthPayload = SignInMutation['signIn'];
export type Viewer = AuthPayload['viewer'];

interface Reply<Data> {
  data: Data;
  /** The server's clock, which this device's may differ from. */
  serverNow: number;
}

/** `starting`: not yet known. `expired`: was signed in, in this tab, and must sign in again to go on. `unreachable`: no answer at the start. */
export type SessionState =
  | { status: 'starting' | 'signed-out' | 'unreachable'; viewer: null }
  | { status: 'signed-in' | 'expired'; viewer: Viewer };

const refreshBeforeExpiryMs = 60_000;
/** Whoever wants to sign out does not wait longer for what is still to be sent. */
const longestFarewellMs = 3_000;
const farewellLock = 'promptpilot-farewell';

/**
 * Who is signed in. The access token lives in this object and nowhere else; the refresh token is a cookie that scripts can't read. A refresh
 * token that is sent twice revokes the session, so refreshing is single-flight in a tab and one at a time over all tabs.
 */
export class Session {
  private state: SessionState = { status: 'starting', viewer: null };
  private accessToken: string | null = null;
  private usableUntil = 0;
  private refreshing: Promise<string | null> | undefined;
  private readonly listeners = new Set<() => void>();
  private readonly farewells = new Set<() => Promise<void>>();
  private endHold: (() => void) | undefined;
  private readonly otherTabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('promptpilot-session');

  constructor() {
    if (!this.otherTabs) return;
    this.otherTabs.onmessage = ({ data }) => {
      if (data === 'signing-out') void this.sayFarewell();
      if (data === 'signed-out') this.forget('signed-out');
      // Somebody signed in elsewhere: the cookie is theirs now, so this tab asks whose it is.
      if (data === 'signed-in' && this.state.status !== 'starting') void this.refresh().catch(() => undefined);
    };
  }

  readonly current = (): SessionState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** What is still to be sent as the person who is about to sign out. @returns stops it */
  readonly beforeSignOut = (send: () => Promise<void>): (() => void) => {
    this.farewells.add(send);
    this.holdOffSignOut();
    return () => {
      this.farewells.delete(send);
      if (this.farewells.size === 0) this.letSignOut();
    };
  };

  /** A token that is good for at least some seconds, or null when nobody is signed in. Rejects when the server can't be reached. */
  async token(): Promise<string | null> {
    if (this.accessToken && Date.now() < this.usableUntil) return this.accessToken;
    if (this.state.status === 'signed-out' || this.state.status === 'expired') return null;
    return this.refresh();
  }

  /** A new token in place of one that the server refused, or null when the session is over. */
  refresh(): Promise<string | null> {
    this.refreshing ??= inTurn(() => this.refreshOnce()).finally(() => (this.refreshing = undefined));
    return this.refreshing;
  }

  async start(): Promise<void> {
    try {
      await this.refresh();
    } catch {
      this.enter({ status: 'unreachable', viewer: null });
    }
  }

  async signIn(input: SignInInput): Promise<void> {
    await inTurn(async () => {
      const { data, serverNow } = await send(signInDocument, { input });
      this.adopt(data.signIn, serverNow);
    });
    this.otherTabs?.postMessage('signed-in');
  }

  async signUp(input: SignUpInput): Promise<void> {
    await inTurn(async () => {
      const { data, serverNow } = await send(signUpDocument, { input });
      this.adopt(data.signUp, serverNow);
    });
    this.otherTabs?.postMessage('signed-in');
  }

  /** Rejects when the server could not be told; the person is then still signed in. */
  async signOut(): Promise<void> {
    // In line before any tab lets go of the lock, so that none has it again before this one has had it.
    const allSaid = allFarewellsSaid(AbortSignal.timeout(longestFarewellMs));
    this.otherTabs?.postMessage('signing-out');
    await withinMs(longestFarewellMs, Promise.all([this.sayFarewell(), allSaid]));
    const token = await this.token();
    await inTurn(() => send(signOutDocument, {}, token));
    this.forget('signed-out');
    this.otherTabs?.postMessage('signed-out');
  }

  private async sayFarewell(): Promise<void> {
    await Promise.allSettled([...this.farewells].map((send) => send()));
    this.letSignOut();
    // Should signing out fail, the next attempt waits for this tab again.
    if (this.farewells.size > 0) this.holdOffSignOut();
  }

  /** For as long as this tab may have something to send, another one that signs out waits until it is sent. */
  private holdOffSignOut(): void {
    if (this.endHold) return;
    const held = new Promise<void>((resolve) => (this.endHold = resolve));
    void navigator.locks?.request(farewellLock, { mode: 'shared' }, () => held);
  }

  private letSignOut(): void {
    this.endHold?.();
    this.endHold = undefined;
  }

  private async refreshOnce(): Promise<string | null> {
    try {
      const { data, serverNow } = await send(refreshDocument, {});
      this.adopt(data.refreshSession, serverNow);
    } catch (error) {
      if (!(error instanceof ApiError) || error.problem.code !== 'UNAUTHENTICATED') throw error;
      this.forget(this.state.viewer ? 'expired' : 'signed-out');
    }
    return this.accessToken;
  }

  private adopt({ accessToken, expiresAt, viewer }: AuthPayload, serverNow: number): void {
    this.accessToken = accessToken;
    this.usableUntil = Date.now() + Math.max(5_000, Date.parse(expiresAt) - serverNow - refreshBeforeExpiryMs);
    this.enter({ status: 'signed-in', viewer });
  }

  private forget(status: 'signed-out' | 'expired'): void {
    this.accessToken = null;
    this.usableUntil = 0;
    const { viewer } = this.state;
    this.enter(status === 'expired' && viewer ? { status, viewer } : { status: 'signed-out', viewer: null });
  }

  private enter(state: SessionState): void {
    if (state.status === this.state.status && sameViewer(state.viewer, this.state.viewer)) return;
    this.state = state;
    for (const listener of [...this.listeners]) listener();
  }
}

const sameViewer = (one: Viewer | null, other: Viewer | null): boolean => one?.id === other?.id && one?.permissions.join() === other?.permissions.join();

function withinMs(ms: number, work: Promise<unknown>): Promise<unknown> {
  return Promise.race([work, new Promise((resolve) => setTimeout(resolve, ms))]);
}

/** Resolves once no tab has anything to send any more, or the time is up. */
async function allFarewellsSaid(signal: AbortSignal): Promise<void> {
  await navigator.locks?.request(farewellLock, { signal }, () => undefined).catch(() => undefined);
}

/** Web Locks exist only on https and localhost; elsewhere a tab can only look after itself. */
function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
  return navigator.locks ? navigator.locks.request('promptpilot-session', work) : work();
}

async function send<Data, Variables>(document: TypedDocumentNode<Data, Variables>, variables: Variables, token: string | null = null): Promise<Reply<Data>> {
  let result: FormattedExecutionResult<Data>;
  let serverNow: number;
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query: print(document), variables }),
      // The reply carries the next refresh token: it must arrive even if the page is left meanwhile.
      keepalive: true,
    });
    const answer: unknown = await response.json();
    if (!isResult<Data>(answer)) throw new Error('The answer is not one of GraphQL.');
    result = answer;
    serverNow = Date.parse(response.headers.get('date') ?? '') || Date.now();
  } catch (error) {
    connection.requestFailed();
    throw error;
  }
  connection.requestSucceeded();
  if (result.errors || !result.data) throw new ApiError(problemOfGraphQLErrors(result.errors ?? []));
  return { data: result.data, serverNow };
}

// That `data` has the shape that was asked for is what GraphQL promises; that it is an answer at all is not.
function isResult<Data>(answer: unknown): answer is FormattedExecutionResult<Data> {
  return typeof answer === 'object' && answer !== null && ('data' in answer || ('errors' in answer && Array.isArray(answer.errors)));
}

export const session = new Session();
