import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { DemoApi } from '../demo/demo-api.js';
import { startPostgres } from '../scripts/local-postgres.mjs';
import { type Config } from '../server/config.js';
import { openDatabase } from '../server/database/open-database.js';
import { startAuthoringKit } from '../server/testing/authoring-kit.js';
import { libraryRequests, promptOfPage } from '../server/testing/library-requests.js';
import { startServerProcess } from '../server/testing/server-process.js';
import { createEmptyDatabase } from '../server/testing/test-database.js';
import { openFloor } from './prompt-library-floor.js';
import { type LibrarySize, randomNumbers, type SeededPrompt, seedPromptLibrary } from './prompt-library-seed.js';
import { inWords, type Measured, type Spread, timeEach } from './statistics.js';
import { signUp } from './workload.js';

const rounds = { fetch: 4_000, search: 300, page: 300 };
const pageSize = 50;
const page = `edges { cursor hits { field fragments { text hit } } node { ${promptOfPage} } } pageInfo { endCursor hasNextPage }`;
const connection = z.object({ prompts: z.object({ edges: z.array(z.unknown()), pageInfo: z.object({ endCursor: z.string().nullable(), hasNextPage: z.boolean() }) }) });

interface Library {
  engine: 'sqlite' | 'postgres';
  database: Config['database'];
  dataDir: string;
  workspaceId: string;
  prompts: SeededPrompt[];
}

interface Times {
  fetchByLabel: Spread;
  search: Spread;
  page: Spread;
}

/** Fetching by label, searching and listing prompts over HTTP, on both engines, beside bare SQL that reads the same rows. */
export async function measurePromptLibrary(size: LibrarySize): Promise<Measured> {
  const measured: Measured = { result: { promptLibrarySize: { prompts: size.prompts, versions: size.prompts * size.versionsEach } }, lines: [] };
  for (const engine of ['sqlite', 'postgres'] as const) {
    const { times, floor, statements } = await measureOn(engine, size);
    Object.assign(measured.result, { [`promptLibrary${engine === 'sqlite' ? 'Sqlite' : 'Postgres'}`]: { ...times, floor, statementsAPage: statements } });
    measured.lines.push(
      [`${size.prompts} prompts on ${engine}: fetch by label`, inWords(times.fetchByLabel)],
      ['  bare SQL', inWords(floor.fetchByLabel)],
      ['  search with hits', inWords(times.search)],
      ['  bare SQL', inWords(floor.search)],
      [`  page of ${pageSize}, in ${statements} SQL statements`, inWords(times.page)],
      ['  bare SQL', inWords(floor.page)],
    );
  }
  return measured;
}

async function measureOn(engine: Library['engine'], size: LibrarySize): Promise<{ times: Times; floor: Times; statements: number }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'promptpilot-bench-'));
  const given = process.env.TEST_DATABASE_URL;
  const postgres = engine === 'postgres' && !given ? await startPostgres() : undefined;
  const { config: database, drop } = await createEmptyDatabase(engine === 'sqlite' ? null : (given ?? postgres?.url));
  try {
    const library = await makeLibrary(engine, database, dataDir, size);
    return { times: await measureServer(library), floor: await measureFloor(library), statements: await countStatements(library) };
  } finally {
    await drop();
    await postgres?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function makeLibrary(engine: Library['engine'], config: Config['database'], dataDir: string, size: LibrarySize): Promise<Library> {
  const { workspaceId, userId } = await withServer(config, dataDir, async (url) => {
    const api = await signUp(url);
    const { viewer } = await api.request('{ viewer { id workspace { id } } }', {}, z.object({ viewer: z.object({ id: z.string(), workspace: z.object({ id: z.string() }) }) }));
    return { workspaceId: viewer.workspace.id, userId: viewer.id };
  });
  const database = await openDatabase(config);
  const prompts = await seedPromptLibrary(database, { workspaceId, userId }, size);
  await database.close();
  return { engine, database: config, dataDir, workspaceId, prompts };
}

async function withServer<T>(database: Config['database'], dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const address = database.engine === 'sqlite' ? `file:${database.file}` : database.url;
  const server = await startServerProcess({ environment: { DATA_DIR: dataDir, DATABASE_URL: address, PORT: '0', LOG_LEVEL: 'error' } });
  try {
    return await work(server.url);
  } finally {
    await server.end('SIGTERM');
  }
}

async function measureServer({ database, dataDir, prompts }: Library): Promise<Times> {
  return withServer(database, dataDir, async (url) => {
    const api = await signIn(url);
    const list = async (args: string) => connection.parse(await api.request(`{ prompts(first: ${pageSize}, ${args}) { ${page} } }`, {}, z.unknown()));
    const fetched = 'query ($path: String!, $label: String!) { promptVersion(path: $path, label: $label) { id version messages { role content } settings { model temperature } } }';
    const random = randomNumbers(7);
    let after: string | null = null;
    return {
      search: await timeEach(rounds.search, async () => list(`search: "${question(prompts, random)}"`)),
      page: await timeEach(rounds.page, async () => {
        const { pageInfo } = (await list(after ? `after: "${after}"` : 'orderBy: UPDATED')).prompts;
        after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
      }),
      fetchByLabel: await timeEach(rounds.fetch, async () => api.request(fetched, { ...anyOf(prompts, random) }, z.object({ promptVersion: z.object({ id: z.string() }) }))),
    };
  });
}

async function measureFloor({ database, workspaceId, prompts }: Library): Promise<Times> {
  const floor = await openFloor(database, workspaceId, pageSize);
  const random = randomNumbers(7);
  try {
    return {
      fetchByLabel: await timeEach(rounds.fetch, () => floor.fetchByLabel(anyOf(prompts, random))),
      search: await timeEach(rounds.search, () => floor.search(question(prompts, random))),
      page: await timeEach(rounds.page, () => floor.page()),
    };
  } finally {
    await floor.close();
  }
}

async function countStatements({ database: config, workspaceId }: Library): Promise<number> {
  const kit = await startAuthoringKit(async (onStatement) => {
    const database = await openDatabase(config, onStatement);
    return { config, database, drop: () => database.close() };
  });
  try {
    const { userId } = await kit.database.prisma.membership.findFirstOrThrow({ where: { workspaceId } });
    const ask = libraryRequests(kit);
    const before = kit.statementCount();
    const identity = { workspaceId, userId, role: 'OWNER', via: 'session', sessionId: userId, expiresAt: new Date(Date.now() + 60_000) } as const;
    await ask(identity, `{ prompts(first: ${pageSize}) { ${page} } }`);
    return kit.statementCount() - before;
  } finally {
    await kit.stop();
  }
}

async function signIn(url: string): Promise<DemoApi> {
  const api = new DemoApi(url);
  const answer = z.object({ signIn: z.object({ accessToken: z.string() }) });
  const { signIn: signedIn } = await api.request('mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }', { input: { email: 'bench@example.com', password: 'only for measuring' } }, answer);
  api.token = signedIn.accessToken;
  return api;
}

function anyOf<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to choose from.');
  return item;
}

/** What people type: a word of a name, its beginning, two words, or a word of few letters that is everywhere. */
function question(prompts: readonly SeededPrompt[], random: () => number): string {
  const [first = '', second = ''] = anyOf(prompts, random).path.split('-');
  return [first, first.slice(0, 2), `${second} ${first.slice(0, 3)}`, first.slice(0, 1)][Math.floor(random() * 4)] ?? first;
}
