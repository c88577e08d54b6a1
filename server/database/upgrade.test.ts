import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { z } from 'zod';
import { startApp } from '../app.js';
import { type Config, readConfig } from '../config.js';
import { hashPassword } from '../features/auth/password.js';
import { projectRoot } from '../project-root.js';
import { dataOf, GraphqlClient } from '../testing/graphql-client.js';
import { createEmptyDatabase, type TestDatabase } from '../testing/test-database.js';
import { testEnvironment } from '../testing/test-environment.js';

const first = '20261124163206_initial';
const at = new Date('2026-11-24T17:00:00Z');
const account = { email: 'ada@example.com', password: 'correct horse battery' };
const settings = { model: 'simulated/instant' };
const idOf = (number: number) => `019ab000-0000-7000-8000-00000000000${number}`;
const [workspaceId, userId, promptId, firstId, secondId] = [idOf(1), idOf(2), idOf(3), idOf(4), idOf(5)];
const [branchId, workflowId, workflowVersionId, executionId] = [idOf(6), idOf(7), idOf(8), idOf(9)];

type Row = Record<string, string | number | Date | null>;

let files: TestDatabase;
let dataDir: string;

beforeEach(async () => {
  files = await createEmptyDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'promptpilot-upgrade-'));
});
afterEach(async () => {
  await files.drop();
  await rm(dataDir, { recursive: true, force: true });
});

/** A database as the first version of the product left it, with these rows. */
async function leaveBehind(config: Config['database'], rows: readonly (readonly [table: string, row: Row])[]): Promise<void> {
  const recorded = `CREATE TABLE "_prisma_migrations" ("id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMP, "migration_name" VARCHAR(255) NOT NULL,
    "logs" TEXT, "rolled_back_at" TIMESTAMP, "started_at" TIMESTAMP NOT NULL, "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;
  const script = `${readFileSync(join(projectRoot, 'prisma', 'migrations', config.engine, first, 'migration.sql'), 'utf8')};${recorded}`;
  const applied: Row = { id: 'initial', checksum: '', finished_at: at, migration_name: first, started_at: at, applied_steps_count: 1 };
  const inserts = [['_prisma_migrations', applied] as const, ...rows].map(([table, row]) => ({ into: `INSERT INTO "${table}" (${Object.keys(row).join(', ')}) VALUES`, values: Object.values(row) }));
  if (config.engine === 'sqlite') {
    const connection = new Sqlite(config.file);
    connection.exec(script);
    for (const { into, values } of inserts) {
      connection.prepare(`${into} (${values.map(() => '?').join(', ')})`).run(values.map((value) => (value instanceof Date ? value.getTime() : value)));
    }
    connection.close();
    return;
  }
  const client = new pg.Client({ connectionString: config.url });
  await client.connect();
  await client.query(script);
  for (const { into, values } of inserts) {
    await client.query(`${into} (${values.map((_, index) => `$${index + 1}`).join(', ')})`, values.map((value) => (value instanceof Date ? value.toISOString() : value)));
  }
  await client.end();
}

/** Somebody's prompt of two versions, a workflow that uses it, and a run of that, each written as it was then. */
async function library(): Promise<[string, Row][]> {
  const ids = { workspace_id: workspaceId, created_at: at };
  const ended = { started_at: at, finished_at: at, input_tokens: 2, output_tokens: 3 };
  const content = (text: string) => JSON.stringify({ kind: 'TEXT', messages: [{ role: 'USER', content: text }], variables: [{ name: 'who' }], settings });
  const version = (id: string, patch: number, text: string): Row => ({ ...ids, id, prompt_id: promptId, major: 1, minor: 0, patch, message: text, author_id: userId, content: content(text), content_hash: id });
  const retry = { maxAttempts: 3, initialDelayMs: 1_000, maxDelayMs: 30_000 };
  const step = { key: 'greet', name: 'Greet', type: 'PROMPT', dependsOn: [], inputs: [{ name: 'who', from: 'inputs.who' }], settings: { promptId }, retry, timeoutMs: 60_000 };
  const definition = { inputs: [{ name: 'who', type: 'STRING', required: true, description: '' }], maxParallel: 4, steps: [step] };
  const lockfile = { workflowVersionId, workflowVersion: 1, prompts: { greet: { promptVersionId: secondId, promptVersion: '1.0.1', settings } } };
  const details = { provider: 'simulated', model: settings.model, simulated: true, promptVersionId: secondId, messages: [{ role: 'USER', content: 'Hello Ada' }], finishReason: 'stop' };
  const event = (seq: number, type: string): Row => ({ execution_id: executionId, seq, type, step_key: null, attempt: null, payload: '{}', at });
  return [
    ['workspace', { id: workspaceId, name: 'Works', created_at: at }],
    ['user_account', { id: userId, email: account.email, name: 'Ada', password_hash: await hashPassword(account.password), created_at: at }],
    ['membership', { ...ids, user_id: userId, role: 'OWNER' }],
    ['prompt', { ...ids, id: promptId, path: 'support/greeting', name: 'Greeting', description: 'For guests', kind: 'TEXT', updated_at: at }],
    ['prompt_version', version(firstId, 0, 'Hi {{ who }}')],
    ['prompt_version', version(secondId, 1, 'Hello {{ who }}')],
    ['prompt_version_parent', { version_id: secondId, position: 0, parent_id: firstId }],
    ['prompt_branch', { ...ids, id: branchId, prompt_id: promptId, name: 'main', head_version_id: secondId }],
    ['workflow', { ...ids, id: workflowId, name: 'Welcome', description: '', latest_number: 1, updated_at: at }],
    ['workflow_version', { ...ids, id: workflowVersionId, workflow_id: workflowId, number: 1, message: 'First', author_id: userId, definition: JSON.stringify(definition), content_hash: 'x' }],
    [
      'execution',
      {
        ...ids,
        ...ended,
        id: executionId,
        workflow_id: workflowId,
        workflow_version_id: workflowVersionId,
        status: 'COMPLETED',
        trigger: 'MANUAL',
        started_by_id: userId,
        inputs: '{"who":"Ada"}',
        output: '"Good day"',
        lockfile: JSON.stringify(lockfile),
      },
    ],
    ['step_execution', { ...ended, execution_id: executionId, step_key: 'greet', position: 0, status: 'COMPLETED', attempt: 1, input: '{"who":"Ada"}', output: '"Good day"', details: JSON.stringify(details) }],
    ['execution_event', event(1, 'EXECUTION_QUEUED')],
    ['execution_event', event(2, 'EXECUTION_COMPLETED')],
  ];
}

test('a server that is started on what the first version left behind has all of it: accounts, prompts with their versions, workflows and runs', async () => {
  await leaveBehind(files.config, await library());
  const app = await startApp(readConfig(testEnvironment(files.config, dataDir)));
  try {
    const client = new GraphqlClient(app.url);
    const ask = async (query: string, variables: Record<string, unknown> = {}, token?: string) => dataOf(await client.query(query, variables, token === undefined ? {} : { token }));
    const { signIn } = await ask('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: account });
    const { accessToken } = z.object({ accessToken: z.string() }).parse(signIn);
    const known = await ask(
      `query ($promptId: ID!, $workflowId: ID!, $executionId: ID!) {
        prompts(search: "guests") { edges { node { id } } }
        prompt(id: $promptId) {
          path name description folder { id } tags archivedAt branches { name head { version } } labels { name } createdAt
          versions { edges { node { version message parentIds author { name } messages { role content } variables { name type required } settings { model } tools { name } } } }
        }
        workflow(id: $workflowId) { name versions { edges { node { number inputs { name } steps { key } } } } }
        execution(id: $executionId) { status inputs output lastSeq startedBy { name } lockfile usage { outputTokens } steps { key status output messages { messageId role content } promptVersion { id } } }
      }`,
      { promptId, workflowId, executionId },
      accessToken,
    );
    const sameInEach = { author: { name: 'Ada' }, variables: [{ name: 'who', type: 'JSON', required: true }], settings, tools: [] };
    expect(known).toEqual({
      prompts: { edges: [{ node: { id: promptId } }] },
      prompt: {
        path: 'support/greeting',
        name: 'Greeting',
        description: 'For guests',
        folder: null,
        tags: [],
        archivedAt: null,
        branches: [{ name: 'main', head: { version: '1.0.1' } }],
        labels: [],
        createdAt: at.toISOString(),
        versions: {
          edges: [
            { node: { ...sameInEach, version: '1.0.1', message: 'Hello {{ who }}', parentIds: [firstId], messages: [{ role: 'USER', content: 'Hello {{ who }}' }] } },
            { node: { ...sameInEach, version: '1.0.0', message: 'Hi {{ who }}', parentIds: [], messages: [{ role: 'USER', content: 'Hi {{ who }}' }] } },
          ],
        },
      },
      workflow: { name: 'Welcome', versions: { edges: [{ node: { number: 1, inputs: [{ name: 'who' }], steps: [{ key: 'greet' }] } }] } },
      execution: {
        status: 'COMPLETED',
        inputs: { who: 'Ada' },
        output: 'Good day',
        lastSeq: 2,
        startedBy: { name: 'Ada' },
        lockfile: expect.objectContaining({ prompts: { greet: expect.objectContaining({ promptVersionId: secondId, promptVersion: '1.0.1', settings }) } }),
        usage: { outputTokens: 3 },
        steps: [{ key: 'greet', status: 'COMPLETED', output: 'Good day', messages: [{ messageId: null, role: 'USER', content: 'Hello Ada' }], promptVersion: { id: secondId } }],
      },
    });
    const { commitPromptVersion } = await ask(
      'mutation ($input: CommitPromptVersionInput!) { commitPromptVersion(input: $input) { version parentIds } }',
      { input: { promptId, message: 'Warmer', messages: [{ role: 'USER', content: 'Dear {{ who }}' }] } },
      accessToken,
    );
    expect(commitPromptVersion).toEqual({ version: '1.0.2', parentIds: [secondId] });
  } finally {
    await app.stop();
  }
});
