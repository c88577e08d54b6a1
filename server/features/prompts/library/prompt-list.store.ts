import { z } from 'zod';
import { type Database } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';
import { promptContentSchema } from '../content/content.js';
import { folderColour } from './folder.js';
import { type ListedPrompt, type ListPlace, type PromptFilter, type PromptOrder } from './prompt-list.js';
import { matching, rankOf } from './search-query.store.js';

export interface ListQuery {
  filter: PromptFilter;
  /** What `searchedWords` made of a question; undefined where there is none. */
  words: readonly string[] | undefined;
  /** Breaks ties between what fits a question alike; without one it is the order. */
  orderBy: PromptOrder;
  after: ListPlace | undefined;
  /** How many to read. */
  take: number;
}

/** What each order goes by, and which way. Names come in the order of the words that they are found by, so that neither case nor accents count. */
const orders = {
  UPDATED: { key: Prisma.sql`p.updated_at`, direction: Prisma.sql`DESC`, beyond: Prisma.sql`<` },
  CREATED: { key: Prisma.sql`p.created_at`, direction: Prisma.sql`DESC`, beyond: Prisma.sql`<` },
  NAME: { key: Prisma.sql`s.name`, direction: Prisma.sql`ASC`, beyond: Prisma.sql`>` },
};

/** No tag has a line break in it. */
const betweenTags = '\n';

export class PromptListStore {
  constructor(private readonly database: Database) {}

  /** One statement, whatever is asked for. */
  async list(workspaceId: string, query: ListQuery): Promise<{ prompt: ListedPrompt; place: ListPlace }[]> {
    const { direction } = orders[query.orderBy];
    const found = await this.database.prisma.$queryRaw(
      Prisma.sql`SELECT p.id, p.path, p.name, p.description, p.kind, p.folder_id AS "folderId", p.archived_at AS "archivedAt", p.created_at AS "createdAt",
          p.updated_at AS "updatedAt", found.rank, ${query.orderBy === 'NAME' ? Prisma.sql`found.key` : Prisma.sql`''`} AS "nameKey",
          f.name AS "folderName", f.colour AS "folderColour", f.parent_id AS "folderParentId",
          (SELECT string_agg(t.name, ${betweenTags} ORDER BY t.name) FROM prompt_tag t WHERE t.prompt_id = p.id) AS tags
        FROM (${this.page(workspaceId, query)}) found JOIN prompt p ON p.id = found.id LEFT JOIN prompt_folder f ON f.id = p.folder_id
        ORDER BY found.rank DESC, found.key ${direction}, found.id ${direction}`,
    );
    return rows.parse(found).map((row) => ({ prompt: toPrompt(row), place: { rank: row.rank, key: keyOf(row, query.orderBy), id: row.id } }));
  }

  private page(workspaceId: string, { filter, words, orderBy, after, take }: ListQuery): Prisma.Sql {
    const { engine } = this.database;
    const { key, direction, beyond } = orders[orderBy];
    const afterKey = after && (typeof after.key === 'number' ? new Date(after.key) : after.key);
    const conditions = [Prisma.sql`p.workspace_id = ${workspaceId}`, ...filterConditions(workspaceId, filter)];
    if (!words) {
      if (after) conditions.push(Prisma.sql`(${key}, p.id) ${beyond} (${afterKey}, ${after.id})`);
      // Beginning with the names is what makes their index give the order.
      const source = orderBy === 'NAME' ? Prisma.sql`prompt_search s JOIN prompt p ON p.id = s.prompt_id AND s.workspace_id = ${workspaceId}` : Prisma.sql`prompt p`;
      const id = orderBy === 'NAME' ? Prisma.sql`s.prompt_id` : Prisma.sql`p.id`;
      return Prisma.sql`SELECT p.id AS id, 0 AS rank, ${key} AS key FROM ${source} WHERE ${Prisma.join(conditions, ' AND ')}
        ORDER BY ${key} ${direction}, ${id} ${direction} LIMIT ${take}`;
    }
    const matches = Prisma.sql`SELECT p.id AS id, ${rankOf(engine, words)} AS rank, ${key} AS key
      FROM ${matching(engine, workspaceId, words)} AND ${Prisma.join(conditions, ' AND ')}`;
    const rest = after
      ? Prisma.sql`WHERE m.rank < ${after.rank} OR (m.rank = ${after.rank} AND (m.key, m.id) ${beyond} (${afterKey}, ${after.id}))`
      : Prisma.empty;
    return Prisma.sql`SELECT m.id, m.rank, m.key FROM (${matches}) m ${rest} ORDER BY m.rank DESC, m.key ${direction}, m.id ${direction} LIMIT ${take}`;
  }
}

function filterConditions(workspaceId: string, { folderId, unfiled, tags, kind, label, archived }: PromptFilter): Prisma.Sql[] {
  return [
    archived ? Prisma.sql`p.archived_at IS NOT NULL` : Prisma.sql`p.archived_at IS NULL`,
    ...(unfiled ? [Prisma.sql`p.folder_id IS NULL`] : []),
    ...(folderId ? [Prisma.sql`p.folder_id IN (${folderWithin(workspaceId, folderId)})`] : []),
    ...(kind ? [Prisma.sql`p.kind = ${kind}`] : []),
    ...(label ? [Prisma.sql`EXISTS (SELECT 1 FROM prompt_label l WHERE l.prompt_id = p.id AND l.name = ${label})`] : []),
    ...tags.map((tag) => Prisma.sql`EXISTS (SELECT 1 FROM prompt_tag t WHERE t.prompt_id = p.id AND t.name = ${tag})`),
  ];
}

function folderWithin(workspaceId: string, folderId: string): Prisma.Sql {
  return Prisma.sql`WITH RECURSIVE inside(id) AS (
      SELECT id FROM prompt_folder WHERE id = ${folderId} AND workspace_id = ${workspaceId}
      UNION SELECT f.id FROM prompt_folder f JOIN inside ON f.parent_id = inside.id
    ) SELECT id FROM inside`;
}

const rows = z.array(
  z.object({
    id: z.string(),
    path: z.string(),
    name: z.string(),
    description: z.string(),
    kind: promptContentSchema.shape.kind,
    folderId: z.string().nullable(),
    archivedAt: z.date().nullable(),
    createdAt: z.date(),
    updatedAt: z.date(),
    rank: z.coerce.number(),
    nameKey: z.string(),
    folderName: z.string().nullable(),
    folderColour: folderColour.nullable(),
    folderParentId: z.string().nullable(),
    tags: z.string().nullable(),
  }),
);

type Row = z.infer<typeof rows>[number];

function toPrompt({ id, path, name, description, kind, folderId, archivedAt, createdAt, updatedAt, ...row }: Row): ListedPrompt {
  return {
    id,
    path,
    name,
    description,
    kind,
    folderId: folderId ?? undefined,
    archivedAt: archivedAt ?? undefined,
    createdAt,
    updatedAt,
    tags: row.tags === null ? [] : row.tags.split(betweenTags),
    folder:
      folderId && row.folderName !== null && row.folderColour
        ? { id: folderId, name: row.folderName, colour: row.folderColour, parentId: row.folderParentId ?? undefined }
        : undefined,
  };
}

function keyOf({ nameKey, createdAt, updatedAt }: Row, orderBy: PromptOrder): ListPlace['key'] {
  if (orderBy === 'NAME') return nameKey;
  return (orderBy === 'CREATED' ? createdAt : updatedAt).getTime();
}
