import { type Prisma, type PromptVersion } from '../../../database/generated/sqlite/client.js';
import { type PromptContent, hashOfContent, promptContentSchema } from './content.js';
import { targetOf } from './reference.js';
import { formatVersion, type SemanticVersion } from '../history/semver.js';
import { referencesOf } from './template.js';

export interface PromptVersionRecord extends PromptContent {
  id: string;
  promptId: string;
  /** `major.minor.patch` */
  version: string;
  message: string;
  authorId: string;
  /** Who wrote it, where it was imported. */
  originalAuthor: string | undefined;
  /** The branch that it was committed on; undefined: `main`. */
  branchId: string | undefined;
  contentHash: string;
  createdAt: Date;
}

export interface NewPromptVersion {
  content: PromptContent;
  message: string;
  authorId: string;
  originalAuthor?: string | undefined;
  /** Absent: `main`. */
  branchId?: string | undefined;
  /** What it was made from; of a merge, the branch that was merged into first. Absent: nothing. */
  parentIds?: readonly string[];
  /** Now, when absent. */
  createdAt?: Date | undefined;
}

/** Stores a version, its parents and what its templates refer to, within a transaction. Moves no branch. */
export async function insertVersion(
  tx: Prisma.TransactionClient,
  prompt: { workspaceId: string; promptId: string },
  number: SemanticVersion,
  { content, parentIds = [], ...about }: NewPromptVersion,
): Promise<PromptVersionRecord> {
  const row = await tx.promptVersion.create({
    data: { ...prompt, ...toColumns(number), ...about, content: JSON.stringify(content), contentHash: hashOfContent(content) },
  });
  const { id: versionId, workspaceId } = row;
  if (parentIds.length > 0) {
    await tx.promptVersionParent.createMany({ data: parentIds.map((parentId, position) => ({ versionId, position, parentId })) });
  }
  const references = referencesOf(content);
  if (references.length > 0) {
    const rows = references.map((reference, position) => {
      const { path, kind, at } = targetOf(reference);
      return { versionId, position, workspaceId, path, kind: kind.toUpperCase(), at };
    });
    await tx.promptReference.createMany({ data: rows });
  }
  return toVersion(row);
}

/** @throws ZodError where the row holds no content that this product ever wrote */
export function toVersion({ content, ...row }: PromptVersion): PromptVersionRecord {
  const { id, promptId, message, authorId, originalAuthor, branchId, contentHash, createdAt } = row;
  return {
    id,
    promptId,
    version: formatVersion(row),
    message,
    authorId,
    originalAuthor: originalAuthor ?? undefined,
    branchId: branchId ?? undefined,
    contentHash,
    createdAt,
    ...promptContentSchema.parse(JSON.parse(content)),
  };
}

/** A version as a raw query gives it: the time in milliseconds since 1970. */
export interface VersionRow {
  id: string;
  workspaceId: string;
  promptId: string;
  major: number;
  minor: number;
  patch: number;
  message: string;
  authorId: string;
  originalAuthor: string | null;
  branchId: string | null;
  content: string;
  contentHash: string;
  createdAt: number;
}

/** What `readVersion` reads, of prompt_version known as v. */
export const versionColumns = `v.id, v.workspace_id AS "workspaceId", v.prompt_id AS "promptId", v.major, v.minor, v.patch, v.message, v.author_id AS "authorId",
  v.original_author AS "originalAuthor", v.branch_id AS "branchId", v.content, v.content_hash AS "contentHash", v.created_at AS "createdAt"`;

export function readVersion({ createdAt, ...row }: VersionRow): PromptVersionRecord {
  return toVersion({ ...row, createdAt: new Date(createdAt) });
}

function toColumns({ major, minor, patch }: SemanticVersion): SemanticVersion {
  return { major, minor, patch };
}
