import { randomUUID } from 'node:crypto';
import { type Database } from '../database/database.js';
import { type Identity } from '../features/auth/identity.js';

/** A new person with a workspace of their own, signed in as its owner. */
export async function createIdentity({ prisma }: Database, name = 'Ada'): Promise<Identity> {
  const workspace = await prisma.workspace.create({ data: { name: `${name}'s workspace` } });
  const user = await prisma.user.create({ data: { email: `${randomUUID()}@example.com`, name, passwordHash: '' } });
  await prisma.membership.create({ data: { workspaceId: workspace.id, userId: user.id, role: 'OWNER' } });
  const expiresAt = new Date(Date.now() + 60_000);
  return { userId: user.id, workspaceId: workspace.id, role: 'OWNER', via: 'session', sessionId: randomUUID(), expiresAt };
}

/** One more person in a workspace, signed in as its editor. */
export async function createMember({ prisma }: Database, workspaceId: string, name: string): Promise<Identity> {
  const user = await prisma.user.create({ data: { email: `${randomUUID()}@example.com`, name, passwordHash: '' } });
  await prisma.membership.create({ data: { workspaceId, userId: user.id, role: 'EDITOR' } });
  return { userId: user.id, workspaceId, role: 'EDITOR', via: 'session', sessionId: randomUUID(), expiresAt: new Date(Date.now() + 60_000) };
}
