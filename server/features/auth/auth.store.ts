import { type Database } from '../../database/database.js';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { isRole, type Role } from './permissions.js';

export interface ViewerRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  workspace: { id: string; name: string };
}

export interface SessionRow {
  id: string;
  userId: string;
  workspaceId: string;
}

export type Rotation = { outcome: 'rotated'; session: SessionRow } | { outcome: 'reused'; session: SessionRow } | { outcome: 'refused' };

/** Users, memberships and sessions. They come before workspaces, so some methods here can't take one. */
export class AuthStore {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the e-mail address is taken */
  async createUserWithWorkspace(user: { email: string; name: string; passwordHash: string; workspaceName: string }): Promise<{ userId: string; workspaceId: string } | undefined> {
    const { workspaceName, ...data } = user;
    try {
      const { id, memberships } = await this.database.prisma.user.create({
        data: { ...data, memberships: { create: { role: 'OWNER', workspace: { create: { name: workspaceName } } } } },
        select: { id: true, memberships: { select: { workspaceId: true } } },
      });
      const [membership] = memberships;
      return membership && { userId: id, workspaceId: membership.workspaceId };
    } catch (error) {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return undefined;
      throw error;
    }
  }

  async emailIsTaken(email: string): Promise<boolean> {
    return (await this.database.prisma.user.findUnique({ where: { email }, select: { id: true } })) !== null;
  }

  /** With the workspace that the person joined first. */
  async findForSignIn(email: string): Promise<{ userId: string; name: string; passwordHash: string; workspaceId: string | undefined } | undefined> {
    const user = await this.database.prisma.user.findUnique({
      where: { email },
      select: { id: true, name: true, passwordHash: true, memberships: { orderBy: { createdAt: 'asc' }, take: 1, select: { workspaceId: true } } },
    });
    return user ? { userId: user.id, name: user.name, passwordHash: user.passwordHash, workspaceId: user.memberships[0]?.workspaceId } : undefined;
  }

  async findViewer(workspaceId: string, userId: string): Promise<ViewerRow | undefined> {
    const membership = await this.database.prisma.membership.findUnique({
      where: { workspaceId_userId: { workspaceId, userId } },
      select: { role: true, user: { select: { id: true, email: true, name: true } }, workspace: { select: { id: true, name: true } } },
    });
    return membership ? { ...membership.user, role: toRole(membership.role), workspace: membership.workspace } : undefined;
  }

  async findMembers(workspaceId: string, userIds: readonly string[]): Promise<{ id: string; name: string }[]> {
    return this.database.prisma.user.findMany({
      where: { id: { in: [...userIds] }, memberships: { some: { workspaceId } } },
      select: { id: true, name: true },
    });
  }

  /** What every request asks: the role of a session that has neither ended nor expired. One statement. */
  async findRoleOfSession({ id, userId, workspaceId }: SessionRow, now: Date): Promise<Role | undefined> {
    const [membership] = await this.database.read<{ role: string }>(
      `SELECT m.role FROM session s JOIN membership m ON m.user_id = s.user_id AND m.workspace_id = s.workspace_id
        WHERE s.id = ? AND s.user_id = ? AND s.workspace_id = ? AND s.revoked_at IS NULL AND s.expires_at > ?`,
      [id, userId, workspaceId, now],
    );
    return membership && toRole(membership.role);
  }

  /** Also clears away what this user's sessions left that have expired. */
  async createSession(session: { userId: string; workspaceId: string; tokenHash: string; now: Date; expiresAt: Date }): Promise<SessionRow> {
    const { userId, workspaceId, tokenHash, now, expiresAt } = session;
    await this.database.prisma.session.deleteMany({ where: { userId, expiresAt: { lte: now } } });
    return this.database.prisma.session.create({
      data: { userId, workspaceId, expiresAt, refreshTokens: { create: { tokenHash } } },
      select: { id: true, userId: true, workspaceId: true },
    });
  }

  /**
   * Puts a new refresh token in the place of one. Of those who present the same token at the same time one gets `rotated`; for the
   * others it is reuse, which ends the session.
   */
  async rotateRefreshToken(rotation: { tokenHash: string; nextHash: string; now: Date; expiresAt: Date }): Promise<Rotation> {
    const { tokenHash, nextHash, now, expiresAt } = rotation;
    return this.database.prisma.$transaction(async (tx) => {
      const { count } = await tx.refreshToken.updateMany({ where: { tokenHash, usedAt: null }, data: { usedAt: now } });
      const token = await tx.refreshToken.findUnique({ where: { tokenHash }, include: { session: true } });
      if (!token || token.session.revokedAt || token.session.expiresAt <= now) return { outcome: 'refused' };
      const { id, userId, workspaceId } = token.session;
      const session = { id, userId, workspaceId };
      if (count === 0) {
        await tx.session.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: now, revokedReason: 'TOKEN_REUSE' } });
        return { outcome: 'reused', session };
      }
      await tx.refreshToken.create({ data: { sessionId: id, tokenHash: nextHash } });
      await tx.session.update({ where: { id }, data: { expiresAt } });
      return { outcome: 'rotated', session };
    });
  }

  async findSessionOfToken(tokenHash: string): Promise<string | undefined> {
    const token = await this.database.prisma.refreshToken.findUnique({ where: { tokenHash }, select: { sessionId: true } });
    return token?.sessionId;
  }

  /** @returns it, where it was open until now */
  async endSession(id: string, now: Date): Promise<SessionRow | undefined> {
    const { count } = await this.database.prisma.session.updateMany({
      where: { id, revokedAt: null },
      data: { revokedAt: now, revokedReason: 'SIGN_OUT' },
    });
    if (count === 0) return undefined;
    return (await this.database.prisma.session.findUnique({ where: { id }, select: { id: true, userId: true, workspaceId: true } })) ?? undefined;
  }
}

function toRole(role: string): Role {
  if (!isRole(role)) throw new Error(`The database has a role that this version does not know: ${role}.`);
  return role;
}
