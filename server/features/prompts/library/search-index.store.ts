import { z } from 'zod';
import { type Database, type Engine } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';
import { promptContentSchema } from '../content/content.js';
import { mainBranch } from '../history/branch-name.js';
import { wordsOf } from './words.js';

export interface SearchablePrompt {
  promptId: string;
  workspaceId: string;
  name: string;
  path: string;
  description: string;
  tags: readonly string[];
  /** What the messages of its newest version on `main` say. */
  texts: readonly string[];
}

/** In bytes of its words. PostgreSQL's index holds a megabyte of one prompt; what stands after this much is not found. */
const longestIndex = 500_000;

const batchSize = 200;

/**
 * Makes a prompt findable as the transaction has it: by its name, path, description, tags and the newest version on `main`. To be called in each
 * transaction that changes one of these, after it has. A prompt that is deleted leaves the index by itself.
 */
export async function indexPrompt(engine: Engine, tx: Prisma.TransactionClient, { workspaceId, promptId }: { workspaceId: string; promptId: string }): Promise<void> {
  // Whoever changes it at the same time waits, or the last to commit would put back what the other had read. On SQLite they wait anyway.
  if (engine === 'postgres') await tx.$queryRaw`SELECT id FROM prompt WHERE id = ${promptId} FOR UPDATE`;
  const [prompt] = await readPrompts((sql) => tx.$queryRaw(sql), Prisma.sql`p.workspace_id = ${workspaceId} AND p.id = ${promptId}`);
  if (!prompt) return;
  for (const statement of indexStatements(engine, prompt)) await tx.$executeRaw(statement);
}

export class SearchIndexStore {
  constructor(private readonly database: Database) {}

  /** Makes the prompts of all workspaces findable that were made before there was an index. @returns how many there were */
  async indexMissing(): Promise<number> {
    const missing = Prisma.sql`NOT EXISTS (SELECT 1 FROM prompt_search s WHERE s.prompt_id = p.id) LIMIT ${batchSize}`;
    let count = 0;
    for (;;) {
      const prompts = await readPrompts((sql) => this.database.prisma.$queryRaw(sql), missing);
      if (prompts.length === 0) return count;
      count += prompts.length;
      await this.database.write(async (session) => {
        for (const { sql, values } of prompts.flatMap((prompt) => indexStatements(this.database.engine, prompt))) await session.run(sql, values.map(String));
      });
    }
  }
}

const rows = z.array(
  z.object({
    promptId: z.string(),
    workspaceId: z.string(),
    name: z.string(),
    path: z.string(),
    description: z.string(),
    tags: z.string().nullable(),
    content: z.string().nullable(),
  }),
);

async function readPrompts(query: (sql: Prisma.Sql) => Promise<unknown>, condition: Prisma.Sql): Promise<SearchablePrompt[]> {
  const found = await query(
    Prisma.sql`SELECT p.id AS "promptId", p.workspace_id AS "workspaceId", p.name, p.path, p.description, v.content,
        (SELECT string_agg(t.name, ' ') FROM prompt_tag t WHERE t.prompt_id = p.id) AS tags
      FROM prompt p LEFT JOIN prompt_branch b ON b.prompt_id = p.id AND b.name = ${mainBranch} LEFT JOIN prompt_version v ON v.id = b.head_version_id
      WHERE ${condition}`,
  );
  return rows.parse(found).map(({ tags, content, ...prompt }) => ({ ...prompt, tags: tags ? [tags] : [], texts: textsOf(content) }));
}

function textsOf(content: string | null): string[] {
  return content === null ? [] : promptContentSchema.parse(JSON.parse(content)).messages.map((message) => message.content);
}

/** What puts a prompt into the index of words, or puts its row there right. */
function indexStatements(engine: Engine, prompt: SearchablePrompt): Prisma.Sql[] {
  const { promptId, workspaceId } = prompt;
  const [name, tags, path, description] = [prompt.name, prompt.tags.join(' '), prompt.path, prompt.description].map(spelt);
  const words = distinctWords([prompt.name, ...prompt.tags, prompt.path, prompt.description, ...prompt.texts]);
  if (engine === 'sqlite') {
    return [
      Prisma.sql`INSERT INTO prompt_search (prompt_id, workspace_id, name, tags, path, description)
        VALUES (${promptId}, ${workspaceId}, ${name}, ${tags}, ${path}, ${description})
        ON CONFLICT (prompt_id) DO UPDATE SET name = excluded.name, tags = excluded.tags, path = excluded.path, description = excluded.description`,
      Prisma.sql`INSERT OR REPLACE INTO prompt_words (rowid, words) SELECT row_id, ${words.join(' ')} FROM prompt_search WHERE prompt_id = ${promptId}`,
    ];
  }
  // Words consist of letters and digits, so that nothing in them ends the quotes.
  const lexemes = words.map((word) => `'${word}'`).join(' ');
  return [
    Prisma.sql`INSERT INTO prompt_search (prompt_id, workspace_id, name, tags, path, description, words)
      VALUES (${promptId}, ${workspaceId}, ${name}, ${tags}, ${path}, ${description}, ${lexemes}::tsvector)
      ON CONFLICT (prompt_id) DO UPDATE SET name = excluded.name, tags = excluded.tags, path = excluded.path, description = excluded.description, words = excluded.words`,
  ];
}

/** A field's words with a space on either side of each, which is what `rankOf` looks for. */
function spelt(text: string): string {
  return `${wordsOf(text).map((word) => ` ${word.text}`).join('')} `;
}

function distinctWords(texts: readonly string[]): string[] {
  const words = new Set<string>();
  let bytes = 0;
  for (const text of texts) {
    for (const { text: word } of wordsOf(text)) {
      if (words.has(word)) continue;
      bytes += Buffer.byteLength(word) + 1;
      if (bytes > longestIndex) return [...words];
      words.add(word);
    }
  }
  return [...words];
}
