import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type App, startApp } from '../../../app.js';
import { readConfig } from '../../../config.js';
import { openDatabase } from '../../../database/open-database.js';
import { type ModelServer, startModelServer } from '../../../testing/model-server.js';
import { createEmptyDatabase, type TestDatabase } from '../../../testing/test-database.js';
import { testEnvironment } from '../../../testing/test-environment.js';
import { signUpUser } from '../../../testing/test-server.js';

const created = z.object({ head: z.object({ id: z.string() }) });

let files: TestDatabase;
let dataDir: string;
let models: ModelServer;

beforeEach(async () => {
  [files, models] = [await createEmptyDatabase(), await startModelServer()];
  dataDir = await mkdtemp(join(tmpdir(), 'promptpilot-runs-'));
});
afterEach(async () => {
  await models.close();
  await files.drop();
  await rm(dataDir, { recursive: true, force: true });
});

function start(): Promise<App> {
  const environment = testEnvironment(files.config, dataDir, { OPENAI_COMPATIBLE_URL: models.baseUrl, LOG_LEVEL: 'silent' });
  return startApp(readConfig(environment));
}

/** What is kept of each run, while no server is there. */
async function kept() {
  const database = await openDatabase(files.config);
  const runs = await database.prisma.promptRun.findMany({ orderBy: { id: 'asc' } });
  await database.close();
  return runs.map(({ status, output, error }) => ({ status, output, code: error === null ? null : z.object({ code: z.string() }).parse(JSON.parse(error)).code }));
}

async function makeVersion(user: Awaited<ReturnType<typeof signUpUser>>): Promise<string> {
  const input = { name: 'Greeting', kind: 'TEXT', messages: [{ role: 'USER', content: 'Hi' }], settings: { model: 'openai-compatible/test' } };
  const { createPrompt } = await user.ask('mutation ($input: CreatePromptInput!) { createPrompt(input: $input) { head { id } } }', { input });
  return created.parse(createPrompt).head.id;
}

it('A server that stops ends what runs, tells whoever waits, and keeps what had arrived', async () => {
  const app = await start();
  const user = await signUpUser(app);
  const input = { source: { versionId: await makeVersion(user) } };
  models.reply({ kind: 'hang', tokens: ['Half'] }, { kind: 'hang' });
  const events = user.subscribe('subscription ($input: RunPromptInput!) { promptRunEvents(input: $input) { type text run { status } } }', { input });
  await events.next();
  await events.next();
  const waiting = user.ask('mutation ($input: RunPromptInput!) { runPrompt(input: $input) { status error { code } } }', { input });
  await models.received(2);
  await app.stop();
  expect(await waiting).toEqual({ runPrompt: { status: 'FAILED', error: { code: 'STOPPED' } } });
  await events.return(undefined);
  expect(await kept()).toEqual([
    { status: 'FAILED', output: 'Half', code: 'STOPPED' },
    { status: 'FAILED', output: '', code: 'STOPPED' },
  ]);
});

it('A server that starts fails the runs that were under way when the one before it was killed', async () => {
  const app = await start();
  const user = await signUpUser(app);
  await makeVersion(user);
  await app.stop();
  const database = await openDatabase(files.config);
  const prompt = await database.prisma.prompt.findFirstOrThrow();
  const run = { workspaceId: prompt.workspaceId, promptId: prompt.id, contentHash: '', runById: '', model: '', simulated: false, status: 'RUNNING', values: '{}', messages: '[]' };
  await database.prisma.promptRun.create({ data: { ...run, createdAt: new Date(Date.now() - 60 * 60_000) } });
  await database.prisma.promptRun.create({ data: run });
  await database.close();
  await (await start()).stop();
  const failed = { status: 'FAILED', output: '', code: 'INTERRUPTED' };
  // On PostgreSQL another process may be at the newer one.
  expect(await kept()).toEqual([failed, files.config.engine === 'sqlite' ? failed : { status: 'RUNNING', output: '', code: null }]);
});
