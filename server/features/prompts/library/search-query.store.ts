import { type Engine } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';

/** A condition on `prompt_search`, known as s: every word begins a word of the prompt. */
export function matchCondition(engine: Engine, words: readonly string[]): Prisma.Sql {
  return engine === 'sqlite'
    ? Prisma.sql`s.row_id IN (SELECT rowid FROM prompt_words WHERE prompt_words MATCH ${words.map((word) => `"${word}"*`).join(' ')})`
    : Prisma.sql`s.words @@ ${words.map((word) => `'${word}':*`).join(' & ')}::tsquery`;
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
