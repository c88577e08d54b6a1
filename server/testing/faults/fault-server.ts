import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectRoot } from '../../project-root.js';
import { GraphqlClient } from '../graphql-client.js';
import { type ModelServer, startModelServer } from '../model-server.js';
import { type ServerProcess, startServerProcess } from '../server-process.js';
import { createEmptyDatabase, type TestDatabase } from '../test-database.js';
import { testEnvironment } from '../test-environment.js';
import { callsWith, signUpUser } from '../test-server.js';
import { EffectLedger } from './effect-ledger.js';

/** The product as processes that can be killed and started again, with the world outside of it: a ledger of effects and a model. */
export class FaultServer {
  private constructor(
    readonly ledger: EffectLedger,
    readonly models: ModelServer,
    readonly database: TestDatabase,
    private readonly folder: string,
    readonly user: Awaited<ReturnType<typeof signUpUser>>,
    private current: ServerProcess,
  ) {}

  /** @param reach how the process reaches its database, where that is not the direct way */
  static async start(reach: (config: TestDatabase['config']) => Promise<TestDatabase['config']> = async (config) => config): Promise<FaultServer> {
    const database = await createEmptyDatabase();
    const folder = await mkdtemp(join(tmpdir(), 'promptpilot-faults-'));
    const [ledger, models] = await Promise.all([EffectLedger.start(), startModelServer()]);
    const reached = { ...database, config: await reach(database.config) };
    const process = await launch(reached, folder, models);
    return new FaultServer(ledger, models, reached, folder, await signUpUser(process), process);
  }

  get process(): ServerProcess {
    return this.current;
  }

  /** Another process on the same database, and the same person's calls of it. Not on SQLite, which is one process's. */
  async another(): Promise<{ process: ServerProcess; user: ReturnType<typeof callsWith> }> {
    const process = await launch(this.database, this.folder, this.models);
    return { process, user: callsWith(new GraphqlClient(process.url), this.user.token) };
  }

  kill(): Promise<number | null> {
    return this.current.end('SIGKILL');
  }

  /** At the same address, so that whoever used the one before finds it. */
  async restart(): Promise<void> {
    await this.kill();
    this.current = await launch(this.database, this.folder, this.models, new URL(this.current.url).port);
  }

  /** From now on the process dies at its `at`th commit of an execution's progress. */
  async armKill(at: number, when: 'before' | 'after'): Promise<void> {
    await writeFile(planFile(this.folder), JSON.stringify({ at, when }));
    await this.current.signal('SIGUSR2', 'armed');
  }

  /** The process lives on. @throws where it has died meanwhile */
  async disarm(): Promise<'disarmed'> {
    await this.armKill(0, 'before');
    return 'disarmed';
  }

  /** @throws where the process had ended by itself */
  async stop(): Promise<void> {
    try {
      await this.kill();
    } finally {
      await Promise.all([this.ledger.close(), this.models.close()]);
      await this.database.drop();
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

const planFile = (folder: string) => join(folder, 'kill-plan.json');

function launch({ config }: TestDatabase, folder: string, models: ModelServer, port = '0'): Promise<ServerProcess> {
  const environment = testEnvironment(config, folder, {
    PORT: port,
    OPENAI_COMPATIBLE_URL: models.baseUrl,
    OUTGOING_ALLOW: '127.0.0.1',
    RUN_LEASE_SECONDS: '1',
    KILL_PLAN: planFile(folder),
  });
  return startServerProcess({ environment, preload: join(projectRoot, 'server', 'testing', 'faults', 'kill-at-commit.mjs') });
}
