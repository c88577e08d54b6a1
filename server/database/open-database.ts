import { type Config } from '../config.js';
import { type Database } from './database.js';

/**
 * Opens the database and brings its tables up to date.
 * @throws StartupError when it can't be reached, is used by another process (SQLite) or was made by a newer version
 */
export async function openDatabase(config: Config['database']): Promise<Database> {
  if (config.engine === 'sqlite') {
    const { openSqliteDatabase } = await import('./sqlite-database.js');
    return openSqliteDatabase(config.file);
  }
  const { openPostgresDatabase } = await import('./postgres-database.js');
  return openPostgresDatabase(config.url);
}
