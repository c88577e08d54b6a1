import { type Config } from '../config.js';
import { testEncryptionKey, testJwtSecret } from './auth-services.js';

/** The environment of a server process over a test's database, on a free port unless one is given. */
export function testEnvironment(database: Config['database'], dataDir: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    DATABASE_URL: database.engine === 'postgres' ? database.url : `file:${database.file}`,
    JWT_SECRET: testJwtSecret,
    ENCRYPTION_KEY: testEncryptionKey,
    LOG_LEVEL: 'error',
    ...more,
  };
}
