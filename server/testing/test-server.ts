import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FormattedExecutionResult } from 'graphql';
import { z } from 'zod';
import { startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { testEncryptionKey, testJwtSecret } from './auth-services.js';
import { dataOf, GraphqlClient, socketClient } from './graphql-client.js';
import { createEmptyDatabase } from './test-database.js';

export interface TestServer {
  url: string;
  /** What it was started with, to start another one on the same database. */
  config: Config;
  /** Also drops the database. */
  stop(): Promise<void>;
}

/** The whole product on a free port, over a database of its own. */
export async function startTestServer(overrides: Partial<Config> = {}): Promise<TestServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'promptpilot-data-'));
  const database = await createEmptyDatabase();
  const defaults = readConfig({
    NODE_ENV: 'test',
    PORT: '0',
    DATA_DIR: dataDir,
    JWT_SECRET: testJwtSecret,
    ENCRYPTION_KEY: testEncryptionKey,
    LOG_LEVEL: 'silent',
  });
  const config: Config = { ...defaults, database: database.config, ...overrides };
  const app = await startApp(config);
  return {
    url: app.url,
    config,
    stop: async () => {
      await app.stop();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

const signedUpSchema = z.object({
  signUp: z.object({ accessToken: z.string(), viewer: z.object({ id: z.string(), workspace: z.object({ id: z.string() }) }) }),
});

/** A new person with a workspace, whose calls carry their token. */
export async function signUpUser({ url }: Pick<TestServer, 'url'>, name = 'Ada') {
  const client = new GraphqlClient(url);
  const email = `${randomUUID()}@example.com`;
  const password = 'correct horse battery';
  const answer = await client.query(
    'mutation ($input: SignUpInput!) { signUp(input: $input) { accessToken viewer { id workspace { id } } } }',
    { input: { email, name, password } },
  );
  const { accessToken: token, viewer } = signedUpSchema.parse(dataOf(answer)).signUp;
  return {
    email,
    password,
    token,
    client,
    userId: viewer.id,
    workspaceId: viewer.workspace.id,
    ...callsWith(client, token),
  };
}

/** Calls that carry a token. */
export function callsWith(client: GraphqlClient, token: string) {
  return {
    /** @throws what the API answered instead of data */
    ask: async (query: string, variables: Record<string, unknown> = {}) => dataOf(await client.query(query, variables, { token })),
    /** Leaving the loop ends the subscription and its socket. */
    subscribe: (query: string, variables: Record<string, unknown> = {}) => subscription(client.url, token, query, variables),
  };
}

async function* subscription(url: string, token: string, query: string, variables: Record<string, unknown>): AsyncGenerator<FormattedExecutionResult<Record<string, unknown>, unknown>> {
  const client = socketClient(url, token);
  try {
    yield* client.iterate<Record<string, unknown>, unknown>({ query, variables });
  } finally {
    await client.dispose();
  }
}
