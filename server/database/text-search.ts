import { type Database } from './database.js';
import { Prisma } from './generated/sqlite/client.js';

/**
 * A condition: one of the columns contains the text, in upper or lower case, of any script, alike on both engines. Nothing in the
 * text is a wildcard.
 */
export function containsText(engine: Database['engine'], columns: readonly string[], text: string): Prisma.Sql {
  // Neither engine's LIKE will do: SQLite's knows the case of a to z only, PostgreSQL's that of the locale it was set up with.
  const operator = Prisma.raw(engine === 'sqlite' ? 'GLOB' : '~');
  const pattern = engine === 'sqlite' ? `*${anyCase(text, '*?[')}*` : anyCase(text, '\\^$.|?*+()[]{}');
  return Prisma.sql`(${Prisma.join(
    columns.map((column) => Prisma.sql`${Prisma.raw(`"${column}"`)} ${operator} ${pattern}`),
    ' OR ',
  )})`;
}

function anyCase(text: string, special: string): string {
  return Array.from(text, (character) => {
    const cases = new Set([character, character.toLowerCase(), character.toUpperCase()].filter((variant) => [...variant].length === 1));
    if (cases.size > 1) return `[${[...cases].join('')}]`;
    if (!special.includes(character)) return character;
    return character === '\\' || character === '^' ? `\\${character}` : `[${character}]`;
  }).join('');
}
