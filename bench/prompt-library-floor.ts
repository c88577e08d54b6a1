import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { type Config } from '../server/config.js';
import { type SeededPrompt } from './prompt-library-seed.js';

/** The same rows, read by bare prepared SQL on a connection of its own. */
export interface Floor {
  fetchByLabel(prompt: SeededPrompt): Promise<unknown>;
  search(question: string): Promise<unknown>;
  page(): Promise<unknown>;
  close(): Promise<void>;
}

type Query = (sql: string, params: readonly string[]) => Promise<{ id: string }[]>;

const fetchByLabel = `SELECT v.* FROM prompt p JOIN prompt_label l ON l.prompt_id = p.id AND l.name = ? JOIN prompt_version v ON v.id = l.version_id
  WHERE p.workspace_id = ? AND p.path = ?`;
const ofPrompts = (ids: string) => [
  `SELECT v.* FROM prompt_branch b JOIN prompt_version v ON v.id = b.head_version_id WHERE b.prompt_id IN (${ids}) AND b.name = 'main'`,
  `SELECT * FROM prompt_label WHERE prompt_id IN (${ids})`,
  `SELECT * FROM prompt_tag WHERE prompt_id IN (${ids})`,
];

export async function openFloor(config: Config['database'], workspaceId: string, pageSize: number): Promise<Floor> {
  const { query, close } = config.engine === 'sqlite' ? openSqlite(config.file) : await openPostgres(config.url);
  const match =
    config.engine === 'sqlite'
      ? 'prompt_words w CROSS JOIN prompt_search s ON s.row_id = w.rowid CROSS JOIN prompt p ON p.id = s.prompt_id WHERE prompt_words MATCH ?'
      : 'prompt_search s JOIN prompt p ON p.id = s.prompt_id WHERE s.words @@ ?::tsquery';
  const readAll = async (sql: string, params: readonly string[]) => {
    const ids = (await query(sql, params)).map(({ id }) => id);
    if (ids.length > 0) for (const part of ofPrompts(ids.map(() => '?').join(', '))) await query(part, ids);
  };
  return {
    fetchByLabel: ({ path, label }) => query(fetchByLabel, [label, workspaceId, path]),
    search: (question) => {
      const words = question.split(' ');
      const text = config.engine === 'sqlite' ? words.map((word) => `"${word}"*`).join(' ') : words.map((word) => `'${word}':*`).join(' & ');
      return readAll(`SELECT p.* FROM ${match} AND s.workspace_id = ? ORDER BY p.updated_at DESC LIMIT ${pageSize}`, [text, workspaceId]);
    },
    page: () => readAll(`SELECT * FROM prompt WHERE workspace_id = ? ORDER BY updated_at DESC, id DESC LIMIT ${pageSize}`, [workspaceId]),
    close,
  };
}

function openSqlite(file: string): { query: Query; close: () => Promise<void> } {
  const connection = new Sqlite(file, { readonly: true });
  return {
    query: async (sql, params) => connection.prepare<unknown[], { id: string }>(sql).all(...params),
    close: async () => void connection.close(),
  };
}

async function openPostgres(url: string): Promise<{ query: Query; close: () => Promise<void> }> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return {
    query: async (sql, params) => {
      let position = 0;
      return (await client.query<{ id: string }>(sql.replace(/\?/g, () => `$${++position}`), [...params])).rows;
    },
    close: () => client.end(),
  };
}
