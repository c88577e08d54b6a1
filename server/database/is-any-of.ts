import { type Engine } from './database.js';

/**
 * What follows a column that must be one of some texts, which are given as a JSON array: one statement text for any number of them. On PostgreSQL they
 * are an array and no subquery, which would be joined by what is known of the table's size: of a table that is just filling up, too little.
 */
export const isAnyOf: Readonly<Record<Engine, string>> = {
  sqlite: 'IN (SELECT value FROM json_each(?))',
  postgres: '= ANY (ARRAY(SELECT json_array_elements_text(?::json)))',
};
