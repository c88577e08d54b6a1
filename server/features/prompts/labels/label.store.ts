import { type Database } from '../../../database/database.js';
import { type Prisma, type PromptLabel, type PromptLabelMove } from '../../../database/generated/sqlite/client.js';
import { NotFoundError } from '../../../errors.js';
import { addToOutbox } from '../../../outbox/outbox.store.js';
import { type PageRequest, pageQuery } from '../../../pagination.js';
import { stepBack } from './step-back.js';

export interface LabelRecord {
  promptId: string;
  name: string;
  versionId: string;
  movedById: string;
  movedAt: Date;
}

export interface LabelMoveRecord {
  id: string;
  workspaceId: string;
  promptId: string;
  label: string;
  /** Undefined where the label was made. */
  fromVersionId: string | undefined;
  /** Undefined where the label was removed. */
  toVersionId: string | undefined;
  movedById: string;
  /** Who moved it elsewhere, where it was imported. */
  originalMover: string | null;
  movedAt: Date;
}

/** A label of a prompt, whether it is anywhere or not. */
export interface LabelPlace {
  workspaceId: string;
  promptId: string;
  name: string;
}

export type LabelSet =
  | { outcome: 'moved'; label: LabelRecord; move: LabelMoveRecord }
  | { outcome: 'there'; label: LabelRecord }
  /** It is at another version than was expected, or at none. */
  | { outcome: 'elsewhere'; versionId: string | undefined };

export type LabelRolledBack = { outcome: 'moved'; label: LabelRecord; move: LabelMoveRecord } | { outcome: 'nowhere-to-go'; label: LabelRecord | undefined };

const stepColumns = { fromVersionId: true, toVersionId: true } as const;

export class LabelStore {
  constructor(private readonly database: Database) {}

  /** In the order of their names. */
  async findOfPrompts(workspaceId: string, promptIds: readonly string[]): Promise<LabelRecord[]> {
    const rows = await this.database.prisma.promptLabel.findMany({ where: { workspaceId, promptId: { in: [...promptIds] } }, orderBy: { name: 'asc' } });
    return rows.map(toLabel);
  }

  /** In the order of their names. */
  async findOfVersions(workspaceId: string, versionIds: readonly string[]): Promise<LabelRecord[]> {
    const rows = await this.database.prisma.promptLabel.findMany({ where: { workspaceId, versionId: { in: [...versionIds] } }, orderBy: { name: 'asc' } });
    return rows.map(toLabel);
  }

  /** Makes the label or moves it. Whoever moves it meanwhile waits. @param expectedVersionId where it must be; absent: anywhere or nowhere */
  async set(place: LabelPlace, to: { versionId: string; byId: string; expectedVersionId?: string | null | undefined }): Promise<LabelSet> {
    return this.database.prisma.$transaction(async (tx) => {
      const current = await holdLabel(tx, place);
      if (current?.versionId === to.versionId) return { outcome: 'there', label: toLabel(current) };
      if (to.expectedVersionId && to.expectedVersionId !== current?.versionId) return { outcome: 'elsewhere', versionId: current?.versionId };
      return { outcome: 'moved', ...(await put(tx, place, current, to.versionId, to.byId)) };
    });
  }

  /** @returns undefined where there is no such label */
  async remove(place: LabelPlace, byId: string): Promise<LabelMoveRecord | undefined> {
    return this.database.prisma.$transaction(async (tx) => {
      const current = await holdLabel(tx, place);
      if (!current) return undefined;
      await tx.promptLabel.delete({ where: { id: current.id } });
      return record(tx, place, { fromVersionId: current.versionId, movedById: byId, movedAt: new Date() });
    });
  }

  /** Moves the label one step back through its history, or, where it was removed, back to where it stood. */
  async rollBack(place: LabelPlace, byId: string): Promise<LabelRolledBack> {
    return this.database.prisma.$transaction(async (tx) => {
      const current = await holdLabel(tx, place);
      const { workspaceId, promptId, name } = place;
      const moves = await tx.promptLabelMove.findMany({ where: { workspaceId, promptId, label: name }, orderBy: { id: 'asc' }, select: stepColumns });
      const to = stepBack(moves, current?.versionId);
      if (to === undefined) return { outcome: 'nowhere-to-go', label: current && toLabel(current) };
      return { outcome: 'moved', ...(await put(tx, place, current, to, byId)) };
    });
  }

  /** Of one label, newest first: one row more than the page, for `toConnection`. */
  async listMoves({ workspaceId, promptId, name }: LabelPlace, page: PageRequest): Promise<LabelMoveRecord[]> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.promptLabelMove.findMany({ ...query, where: { ...where, workspaceId, promptId, label: name } });
    return rows.map(toMove);
  }

  /** By the prompt's id, then the label's name: where rolling it back would take it; labels with nothing to go back to are left out. */
  async stepsBack(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, Map<string, string>>> {
    const where = { workspaceId, promptId: { in: [...promptIds] } };
    const [labels, moves] = await Promise.all([
      this.database.prisma.promptLabel.findMany({ where, select: { promptId: true, name: true, versionId: true } }),
      this.database.prisma.promptLabelMove.findMany({ where, orderBy: { id: 'asc' }, select: { ...stepColumns, promptId: true, label: true } }),
    ]);
    const steps = new Map<string, Map<string, string>>();
    for (const { promptId, name, versionId } of labels) {
      const to = stepBack(moves.filter((move) => move.promptId === promptId && move.label === name), versionId);
      if (to !== undefined) steps.set(promptId, new Map([...(steps.get(promptId) ?? []), [name, to]]));
    }
    return steps;
  }

  /** All of a workspace since a time, oldest first, each with the path that its prompt has now. */
  async movesSince(workspaceId: string, since: Date): Promise<{ move: LabelMoveRecord; path: string }[]> {
    const rows = await this.database.prisma.promptLabelMove.findMany({
      where: { workspaceId, movedAt: { gte: since } },
      include: { prompt: { select: { path: true } } },
      orderBy: { id: 'asc' },
    });
    return rows.map(({ prompt, ...row }) => ({ move: toMove(row), path: prompt.path }));
  }

  /** Those of the names that are protected; without names, all. In the order of the alphabet. */
  async findProtected(workspaceId: string, names?: readonly string[]): Promise<string[]> {
    const rows = await this.database.prisma.protectedPromptLabel.findMany({
      where: { workspaceId, ...(names && { name: { in: [...names] } }) },
      orderBy: { name: 'asc' },
    });
    return rows.map(({ name }) => name);
  }

  async protect(workspaceId: string, name: string): Promise<void> {
    await this.database.prisma.$executeRaw`INSERT INTO protected_prompt_label (workspace_id, name) VALUES (${workspaceId}, ${name}) ON CONFLICT DO NOTHING`;
  }

  async unprotect(workspaceId: string, name: string): Promise<void> {
    await this.database.prisma.protectedPromptLabel.deleteMany({ where: { workspaceId, name } });
  }
}

/** Makes a label or moves it within somebody else's transaction. Whether they may is for them to ask; announce it once they have committed. */
export async function moveLabel(
  tx: Prisma.TransactionClient,
  { toVersionId, byId, ...place }: LabelPlace & { toVersionId: string; byId: string },
): Promise<LabelMoveRecord> {
  const { move } = await put(tx, place, await holdLabel(tx, place), toVersionId, byId);
  return move;
}

/**
 * Keeps everybody else from moving the prompt's labels until the transaction ends.
 * @returns the label, where there is one
 * @throws NotFoundError when the prompt is gone by now
 */
async function holdLabel(tx: Prisma.TransactionClient, { workspaceId, promptId, name }: LabelPlace): Promise<PromptLabel | undefined> {
  // Changing nothing locks the row; a label that does not exist yet has none to lock.
  const held = await tx.$executeRaw`UPDATE prompt SET name = name WHERE id = ${promptId} AND workspace_id = ${workspaceId}`;
  if (held === 0) throw new NotFoundError('prompt');
  return (await tx.promptLabel.findFirst({ where: { workspaceId, promptId, name } })) ?? undefined;
}

async function put(
  tx: Prisma.TransactionClient,
  place: LabelPlace,
  current: PromptLabel | undefined,
  versionId: string,
  movedById: string,
): Promise<{ label: LabelRecord; move: LabelMoveRecord }> {
  const moved = { versionId, movedById, movedAt: new Date() };
  const row = current ? await tx.promptLabel.update({ where: { id: current.id }, data: moved }) : await tx.promptLabel.create({ data: { ...place, ...moved } });
  const move = await record(tx, place, { fromVersionId: current?.versionId, toVersionId: versionId, movedById, movedAt: moved.movedAt });
  return { label: toLabel(row), move };
}

async function record(
  tx: Prisma.TransactionClient,
  { workspaceId, promptId, name }: LabelPlace,
  move: { fromVersionId?: string | undefined; toVersionId?: string; movedById: string; movedAt: Date },
): Promise<LabelMoveRecord> {
  const moved = toMove(await tx.promptLabelMove.create({ data: { workspaceId, promptId, label: name, ...move } }));
  const { path } = await tx.prompt.findFirstOrThrow({ where: { id: promptId, workspaceId }, select: { path: true } });
  const { fromVersionId = null, toVersionId = null, movedById, movedAt } = moved;
  await addToOutbox(tx, workspaceId, 'prompt.label.moved', { promptId, path, label: name, fromVersionId, toVersionId, movedById }, movedAt);
  return moved;
}

function toLabel({ promptId, name, versionId, movedById, movedAt }: PromptLabel): LabelRecord {
  return { promptId, name, versionId, movedById, movedAt };
}

function toMove({ fromVersionId, toVersionId, ...row }: PromptLabelMove): LabelMoveRecord {
  return { ...row, fromVersionId: fromVersionId ?? undefined, toVersionId: toVersionId ?? undefined };
}
