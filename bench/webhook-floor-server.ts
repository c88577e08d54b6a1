// The least that a webhook costs: a process that checks its signature, stores as many rows as the product does, with less in them, as durably and those that come together
// in one transaction, and answers. It runs nothing.
//   tsx bench/webhook-floor-server.ts '{ "database": "file or URL", "secret": … }'
import { createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { z } from 'zod';
import { GroupQueue } from '../server/group-queue.js';

const { database, secret } = z.object({ database: z.string(), secret: z.string() }).parse(JSON.parse(process.argv[2] ?? '{}'));

const columns = {
  delivery: { id: 'text', trigger_id: 'text', dedup_key: 'text', body: 'text', headers: 'text', execution_id: 'text' },
  execution: { id: 'text', workspace_id: 'text', workflow_id: 'text', status: 'text', inputs: 'text', created_at: 'bigint' },
  step: { execution_id: 'text', step_key: 'text', status: 'text' },
  event: { execution_id: 'text', seq: 'integer', type: 'text', at: 'bigint' },
} as const;
type Table = keyof typeof columns;
const keys: Record<Table, string> = { delivery: 'PRIMARY KEY (id), UNIQUE (trigger_id, dedup_key)', execution: 'PRIMARY KEY (id)', step: 'PRIMARY KEY (execution_id, step_key)', event: 'PRIMARY KEY (execution_id, seq)' };
const tables: readonly Table[] = ['delivery', 'execution', 'step', 'event'];
const schema = tables.map((table) => `CREATE TABLE ${table} (${Object.entries(columns[table]).map((column) => column.join(' ')).join(', ')}, ${keys[table]});`).join('\n');

interface Webhook {
  body: string;
  headers: string;
  key: string;
}
interface Answer {
  deliveryId: string;
  executionId: string;
}
type Rows = Record<Table, (string | number)[][]>;

function rowsOf(webhooks: readonly Webhook[], answers: readonly Answer[]): Rows {
  const at = Date.now();
  const ids = answers.map(({ executionId }) => executionId);
  return {
    delivery: webhooks.map(({ body, headers, key }, index) => [answers[index]?.deliveryId ?? '', 'trigger', key, body, headers, ids[index] ?? '']),
    execution: ids.map((id) => [id, 'workspace', 'workflow', 'QUEUED', '{}', at]),
    step: ids.map((id) => [id, 'step1', 'PENDING']),
    event: ids.map((id) => [id, 1, 'EXECUTION_QUEUED', at]),
  };
}

function openSqlite(): (rows: Rows) => Promise<void> {
  const connection = new Sqlite(database);
  connection.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${schema}`);
  const statements = tables.map((table) => [table, connection.prepare(`INSERT INTO ${table} VALUES (${Object.keys(columns[table]).map(() => '?').join(', ')})`)] as const);
  const store = connection.transaction((rows: Rows) => {
    for (const [table, statement] of statements) for (const row of rows[table]) statement.run(...row);
  });
  return async (rows) => store(rows);
}

async function openPostgres(): Promise<(rows: Rows) => Promise<void>> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  await client.query(schema);
  let position = 0;
  const parts = tables.map((table) => `INSERT INTO ${table} SELECT * FROM unnest(${Object.values(columns[table]).map((type) => `$${++position}::${type}[]`).join(', ')})`);
  const text = `WITH ${parts.slice(1).map((part, index) => `more_${index} AS (${part})`).join(', ')} ${parts[0]}`;
  // The first part stands last, and its parameters come first.
  return async (rows) => {
    const values = tables.flatMap((table) => Object.keys(columns[table]).map((_, column) => rows[table].map((row) => row[column])));
    await client.query({ name: 'store', text, values });
  };
}

const store = database.startsWith('postgres') ? await openPostgres() : openSqlite();
const queue = new GroupQueue<Webhook, Answer>(500, async (webhooks) => {
  const answers = webhooks.map(() => ({ deliveryId: randomUUID(), executionId: randomUUID() }));
  await store(rowsOf(webhooks, answers));
  return answers;
});

async function receive(request: IncomingMessage): Promise<Answer> {
  const body = await buffer(request);
  const signature = Buffer.from(String(request.headers['x-hub-signature-256']).slice('sha256='.length), 'hex');
  if (!timingSafeEqual(signature, createHmac('sha256', secret).update(body).digest())) throw new Error('A signature is wrong.');
  return queue.add({ body: body.toString(), headers: JSON.stringify(request.headers), key: String(request.headers['x-github-delivery']) });
}

const server = createServer((request, response) => {
  const send = (status: number, answer: object) => {
    const text = JSON.stringify(answer);
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
  };
  receive(request).then(
    (answer) => send(202, answer),
    (error: unknown) => send(500, { error: String(error) }),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
