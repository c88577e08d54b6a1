import { type Config } from '../config.js';
import { type Database, type StatementListener } from './database.js';

/**
 * Opens the database and brings its tables up to date.
 * @param onStatement hears of each SQL statement, to count them
 * @throws StartupError when it can't be reached, is used by another process (SQLite) or was made by a newer version
 */
export async function openDatabase(config: Config['database'], onStatement?: StatementListener): Promise<Database> {
  if (config.engine === 'sqlite') {
    const { openSqliteDatabase } = await import('./sqlite-database.js');
    return openSqliteDatabase(config.file, onStatement);
  }
  const { openPostgresDatabase } = await import('./postgres-database.js');
  return openPostgresDatabase(config.url, onStatement);
}
