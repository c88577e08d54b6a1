import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type ModelServer, startModelServer } from '../model-server.js';
import { type ServerProcess, startServerProcess } from '../server-process.js';
import { createEmptyDatabase, type TestDatabase } from '../test-database.js';
import { testEnvironment } from '../test-environment.js';
import { signUpUser } from '../test-server.js';
import { EffectLedger } from './effect-ledger.js';

/** One api and some workers on PostgreSQL, each a process of its own, with the world outside of them. */
export class ProcessGroup {
  readonly workers: ServerProcess[] = [];

  private constructor(
    readonly ledger: EffectLedger,
    private readonly models: ModelServer,
    private readonly database: TestDatabase,
    private readonly folder: string,
    private readonly more: Record<string, string>,
    readonly api: ServerProcess,
    readonly user: Awaited<ReturnType<typeof signUpUser>>,
    readonly sql: pg.Client,
  ) {}

  /** @param more what the environment of every process holds beside the usual */
  static async start(workers: number, more: Record<string, string>): Promise<ProcessGroup> {
    const database = await createEmptyDatabase();
    if (database.config.engine !== 'postgres') throw new Error('Set TEST_DATABASE_URL to a PostgreSQL server: SQLite is for one process.');
    const folder = await mkdtemp(join(tmpdir(), 'promptpilot-processes-'));
    const [ledger, models] = await Promise.all([EffectLedger.start(), startModelServer()]);
    const sql = new pg.Client({ connectionString: database.config.url });
    await sql.connect();
    const api = await launch(database, folder, models, { ...more, ROLE: 'api' });
    const group = new ProcessGroup(ledger, models, database, folder, more, api, await signUpUser(api), sql);
    await Promise.all(Array.from({ length: workers }, () => group.addWorker()));
    return group;
  }

  async addWorker(): Promise<ServerProcess> {
    const worker = await launch(this.database, this.folder, this.models, { ...this.more, ROLE: 'worker' });
    this.workers.push(worker);
    return worker;
  }

  /** @throws where a process had ended by itself */
  async stop(): Promise<void> {
    try {
      await Promise.all([this.api, ...this.workers].map((one) => one.end('SIGKILL')));
    } finally {
      await this.sql.end();
      await Promise.all([this.ledger.close(), this.models.close()]);
      await this.database.drop();
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

function launch({ config }: TestDatabase, folder: string, models: ModelServer, more: Record<string, string>): Promise<ServerProcess> {
  const environment = testEnvironment(config, folder, { OPENAI_COMPATIBLE_URL: models.baseUrl, OUTGOING_ALLOW: '127.0.0.1', ...more });
  return startServerProcess({ environment });
}
