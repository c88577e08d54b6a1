import { type Engine } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';

/**
 * Prompts, known as p, that have every word, or the beginning of one, with their rows of `prompt_search`, known as s: what follows FROM, up to a first
 * condition. `prompt_words` is the index of words: a table on SQLite, a function on PostgreSQL.
 */
export function matching(engine: Engine, workspaceId: string, words: readonly string[]): Prisma.Sql {
  // Words consist of letters and digits, so that nothing in them ends the quotes.
  if (engine === 'postgres') {
    return Prisma.sql`prompt_words(${workspaceId}, ${words.map((word) => `'${word}':*`).join(' & ')}::tsquery) s JOIN prompt p ON p.id = s.prompt_id WHERE true`;
  }
  // SQLite would ask the index anew for each prompt; CROSS JOIN makes it begin there.
  return Prisma.sql`prompt_words w CROSS JOIN prompt_search s ON s.row_id = w.rowid CROSS JOIN prompt p ON p.id = s.prompt_id
    WHERE w.prompt_words MATCH ${words.map((word) => `"${word}"*`).join(' ')} AND s.workspace_id = ${workspaceId}`;
}

/** How well a row of `prompt_search`, known as s, fits: a word in the name counts more than one in the tags, the path, the description or the text. */
export function rankOf(engine: Engine, words: readonly string[]): Prisma.Sql {
  const holds = (column: string, text: string) => Prisma.sql`${Prisma.raw(engine === 'sqlite' ? 'instr' : 'strpos')}(s.${Prisma.raw(column)}, ${text}) > 0`;
  const ranks = words.map(
    (word) => Prisma.sql`CASE WHEN ${holds('name', ` ${word} `)} THEN 5 WHEN ${holds('name', ` ${word}`)} THEN 4 WHEN ${holds('tags', ` ${word}`)} THEN 3
      WHEN ${holds('path', ` ${word}`)} THEN 2 WHEN ${holds('description', ` ${word}`)} THEN 1 ELSE 0 END`,
  );
  return Prisma.sql`(${Prisma.join(ranks, ' + ')})`;
}
