import { z } from 'zod';
import { DomainError, ForbiddenError, InvalidInputError, UnauthenticatedError } from '../../errors.js';
import { type EventBus } from '../../events/event-bus.js';
import { exactText, parseInput, text } from '../../input.js';
import { type AccessTokens } from './access-token.js';
import { type AccessOrigin, type AccessTrail, noTrail } from './access-trail.js';
import { type ApiKeyService, isApiKey } from './api-key.service.js';
import { type AuthStore, type SessionRow, type ViewerRow } from './auth.store.js';
import { type Identity } from './identity.js';
import { hashPassword, newPassword, passwordMatches } from './password.js';
import { type Permission, permissionsOfRole } from './permissions.js';
import { type RefreshCookie } from './refresh-cookie.js';
import { randomSecret, type SecretHasher } from './secret-hasher.js';
import { type SignInThrottle } from './sign-in-throttle.js';

/** Who is asking to come in, and where their refresh token is kept. */
export interface Visitor extends AccessOrigin {
  refreshCookie: RefreshCookie;
}

export interface SignedIn {
  accessToken: string;
  expiresAt: Date;
  viewer: Viewer;
}

/** Somebody, and what they may do. */
export interface Viewer extends ViewerRow {
  permissions: Permission[];
}

const sessionMs = 30 * 24 * 60 * 60_000;
const signInSchema = z.object({ email: text(254).toLowerCase(), password: exactText().min(1, 'This must not be empty.') });
const signUpSchema = z.object({
  email: text(254).toLowerCase().pipe(z.email('Write an e-mail address, such as ada@example.com.')),
  name: text(100),
  password: newPassword,
  workspaceName: text(100).nullish(),
});
const noSession = 'Nobody is signed in here, or no longer: sign in.';

/** People, their sessions, and who a caller is. */
export class AuthService {
  constructor(
    private readonly store: AuthStore,
    private readonly apiKeys: ApiKeyService,
    private readonly accessTokens: AccessTokens,
    private readonly hasher: SecretHasher,
    private readonly throttle: SignInThrottle,
    private readonly bus: EventBus,
    private readonly now: () => Date = () => new Date(),
    private readonly trail: AccessTrail = noTrail,
  ) {}

  /** Makes an account with a workspace of its own and signs it in. */
  async signUp(input: { email: string; name: string; password: string; workspaceName?: string | null }, visitor: Visitor): Promise<SignedIn> {
    const { email, name, password, workspaceName } = parseInput(signUpSchema, input, 'input');
    await this.throttle.startSignUp(visitor.address);
    if (await this.store.emailIsTaken(email)) throw emailTaken();
    const passwordHash = await hashPassword(password);
    const created = await this.store.createUserWithWorkspace({ email, name, passwordHash, workspaceName: workspaceName ?? `${name}'s workspace` });
    if (!created) throw emailTaken();
    this.tell({ ...created, name }, 'account.create', visitor);
    return this.openSession(created, visitor.refreshCookie);
  }

  /** @throws UnauthenticatedError, the same for a wrong password as for an account that does not exist */
  async signIn(input: { email: string; password: string }, visitor: Visitor): Promise<SignedIn> {
    const { email, password } = parseInput(signInSchema, input, 'input');
    // Asked whether or not the attempt is let through, so that no answer tells by its time that there is an account.
    const found = await this.store.findForSignIn(email);
    try {
      await this.throttle.startSignIn(email, visitor.address);
      if (!(await passwordMatches(found?.passwordHash, password)) || !found) throw new UnauthenticatedError('The e-mail address or the password is wrong.');
    } catch (error) {
      if (found?.workspaceId && error instanceof DomainError) this.tell({ ...found, workspaceId: found.workspaceId }, 'session.open', visitor, error.code);
      throw error;
    }
    await this.throttle.signInSucceeded(email, visitor.address);
    if (!found.workspaceId) throw new ForbiddenError('This account belongs to no workspace any more. Ask its owner to invite you again.');
    const at = { userId: found.userId, workspaceId: found.workspaceId };
    const signedIn = await this.openSession(at, visitor.refreshCookie);
    this.tell({ ...at, name: found.name }, 'session.open', visitor);
    return signedIn;
  }

  /**
   * Exchanges the refresh token in the cookie for a new one and an access token. A token that was exchanged before is taken for stolen:
   * its session ends, for whoever has the newer one too.
   * @throws UnauthenticatedError when the cookie holds no token that is good for this
   */
  async refreshSession(visitor: Visitor): Promise<SignedIn> {
    const { refreshCookie: cookie } = visitor;
    const token = cookie.read();
    if (!token) throw new UnauthenticatedError(noSession);
    const now = this.now();
    const next = randomSecret();
    const expiresAt = new Date(now.getTime() + sessionMs);
    const rotation = await this.store.rotateRefreshToken({ tokenHash: this.hashOf(token), nextHash: this.hashOf(next), now, expiresAt });
    if (rotation.outcome !== 'rotated') {
      if (rotation.outcome === 'reused') {
        this.bus.publish('access.revoked', { credentialId: rotation.session.id });
        await this.tellOf(rotation.session, 'session.refresh-reused', visitor, 'UNAUTHENTICATED');
      }
      cookie.clear();
      throw new UnauthenticatedError(noSession);
    }
    cookie.set(next, expiresAt);
    return this.signedIn(rotation.session);
  }

  /**
   * Ends the session of the caller, and that of the cookie should it be another one.
   * @returns whether one was open until now
   */
  async signOut(identity: Identity | undefined, visitor: Visitor): Promise<{ signedOut: boolean }> {
    const { refreshCookie: cookie } = visitor;
    const token = cookie.read();
    const ids = new Set([
      identity?.via === 'session' ? identity.sessionId : undefined,
      token && (await this.store.findSessionOfToken(this.hashOf(token))),
    ]);
    let signedOut = false;
    for (const id of ids) {
      const ended = id && (await this.store.endSession(id, this.now()));
      if (!ended) continue;
      signedOut = true;
      this.bus.publish('access.revoked', { credentialId: ended.id });
      await this.tellOf(ended, 'session.close', visitor);
    }
    cookie.clear();
    return { signedOut };
  }

  async viewer(identity: Identity): Promise<Viewer> {
    const viewer = await this.store.findViewer(identity.workspaceId, identity.userId);
    if (!viewer) throw new UnauthenticatedError(noSession);
    return { ...viewer, role: identity.role, permissions: permissionsOfRole(identity.role) };
  }

  /**
   * @param authorization the header: `Bearer` and an access token or an API key
   * @param from for the log of where keys are used
   * @returns undefined when there is no header
   * @throws UnauthenticatedError when what it holds is not valid, or no longer
   */
  async authenticate(authorization: string | undefined, from?: AccessOrigin): Promise<Identity | undefined> {
    if (authorization === undefined) return undefined;
    const token = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (!token) throw new UnauthenticatedError('Send the Authorization header as `Bearer`, a blank, and an access token or an API key.');
    if (isApiKey(token)) return this.apiKeys.authenticate(token, from);
    const { userId, workspaceId, sessionId, expiresAt } = await this.accessTokens.read(token);
    const role = await this.store.findRoleOfSession({ id: sessionId, userId, workspaceId }, this.now());
    if (!role) throw new UnauthenticatedError('This session has ended: sign in again.');
    return { userId, workspaceId, role, via: 'session', sessionId, expiresAt };
  }

  /** The names of those who are members of the workspace, by their ids. */
  async memberNames(workspaceId: string, userIds: readonly string[]): Promise<Map<string, string>> {
    const members = await this.store.findMembers(workspaceId, userIds);
    return new Map(members.map(({ id, name }) => [id, name]));
  }

  /** The name of a key of the workspace. */
  apiKeyName(workspaceId: string, id: string): Promise<string | undefined> {
    return this.apiKeys.name(workspaceId, id);
  }

  private async tellOf({ id, userId, workspaceId }: SessionRow, action: string, visitor: Visitor, refused?: string): Promise<void> {
    const name = (await this.memberNames(workspaceId, [userId])).get(userId) ?? 'Former member';
    this.tell({ userId, workspaceId, name, sessionId: id }, action, visitor, refused);
  }

  private tell({ userId, workspaceId, name, sessionId }: { userId: string; workspaceId: string; name: string; sessionId?: string }, action: string, visitor: Visitor, refused?: string): void {
    const { address, userAgent, requestId } = visitor;
    const subject = sessionId === undefined ? { type: 'account' as const, id: userId, name } : { type: 'session' as const, id: sessionId };
    this.trail.note({ workspaceId, actor: { type: 'PERSON', id: userId, name }, action, subject, from: { address, userAgent, requestId }, ...(refused !== undefined && { refused }) });
  }

  private async openSession(of: { userId: string; workspaceId: string }, cookie: RefreshCookie): Promise<SignedIn> {
    const now = this.now();
    const token = randomSecret();
    const expiresAt = new Date(now.getTime() + sessionMs);
    const session = await this.store.createSession({ ...of, tokenHash: this.hashOf(token), now, expiresAt });
    cookie.set(token, expiresAt);
    return this.signedIn(session);
  }

  private async signedIn({ id: sessionId, userId, workspaceId }: SessionRow): Promise<SignedIn> {
    const viewer = await this.store.findViewer(workspaceId, userId);
    if (!viewer) throw new UnauthenticatedError(noSession);
    const { token: accessToken, expiresAt } = await this.accessTokens.issue({ userId, workspaceId, sessionId });
    return { accessToken, expiresAt, viewer: { ...viewer, permissions: permissionsOfRole(viewer.role) } };
  }

  private hashOf(refreshToken: string): string {
    return this.hasher.hash('refresh-token', refreshToken);
  }
}

function emailTaken(): InvalidInputError {
  return new InvalidInputError([{ field: 'input.email', message: 'There is an account with this address already: sign in, or use another one.' }]);
}
