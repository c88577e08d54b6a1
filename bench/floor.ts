import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { type Spread, spreadOf } from './statistics.js';

const eventsAStep = 2;

export interface Floor {
  chainMs: Spread;
  groupedStepsPerSecond: number;
}

/** Stores the same rows as some steps of an execution do, in one transaction. */
type WriteSteps = (execution: string, steps: readonly number[]) => Promise<void>;

/**
 * The least that a chain of steps can cost on this disk: the same rows (a step and its two events), written by bare prepared statements with the
 * same durability, one transaction a step as a chain needs it.
 * @returns milliseconds a chain, and steps a second when all steps that fall together share a transaction
 */
export async function measureFloor(postgresUrl: string | null, steps: number, rounds: number): Promise<Floor> {
  const { write, close } = postgresUrl === null ? await openSqlite() : await openPostgres(postgresUrl);
  const all = Array.from({ length: steps }, (_, index) => index);
  const chains: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const began = performance.now();
    for (const index of all) await write(`chain${round}`, [index]);
    chains.push(performance.now() - began);
  }
  const began = performance.now();
  for (let round = 0; round < rounds; round++) await write(`group${round}`, all);
  const groupedStepsPerSecond = Math.round((steps * rounds * 1_000) / (performance.now() - began));
  await close();
  return { chainMs: spreadOf(chains), groupedStepsPerSecond };
}

const tables = `CREATE TABLE step (execution_id TEXT, step_key TEXT, status TEXT, input TEXT, output TEXT, PRIMARY KEY (execution_id, step_key));
  CREATE TABLE event (execution_id TEXT, seq INTEGER, type TEXT, step_key TEXT, payload TEXT, at BIGINT, PRIMARY KEY (execution_id, seq));`;

const stepRow = (execution: string, index: number) => [execution, `step${index}`, 'COMPLETED', '{"n":1}', '2'];
const eventRows = (execution: string, index: number) =>
  Array.from({ length: eventsAStep }, (_, half) => [execution, index * eventsAStep + half, 'STEP_COMPLETED', `step${index}`, '{"output":2}', Date.now()]);

async function openSqlite(): Promise<{ write: WriteSteps; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'promptpilot-floor-'));
  const database = new Sqlite(join(folder, 'floor.db'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; ${tables}`);
  const step = database.prepare('INSERT INTO step VALUES (?, ?, ?, ?, ?)');
  const event = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)');
  const inTransaction = database.transaction((execution: string, steps: readonly number[]) => {
    for (const index of steps) {
      step.run(...stepRow(execution, index));
      for (const row of eventRows(execution, index)) event.run(...row);
    }
  });
  return {
    write: async (execution, steps) => inTransaction(execution, steps),
    close: async () => {
      database.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openPostgres(url: string): Promise<{ write: WriteSteps; close: () => Promise<void> }> {
  const schema = `floor_${Date.now()}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`CREATE SCHEMA ${schema}; SET search_path TO ${schema}; ${tables}`);
  const columnsOf = (rows: readonly unknown[][], count: number) => Array.from({ length: count }, (_, column) => rows.map((row) => row[column]));
  return {
    write: async (execution, steps) => {
      await client.query('BEGIN');
      await client.query({
        name: 'steps',
        text: 'INSERT INTO step SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])',
        values: columnsOf(steps.map((index) => stepRow(execution, index)), 5),
      });
      await client.query({
        name: 'events',
        text: 'INSERT INTO event SELECT * FROM unnest($1::text[], $2::integer[], $3::text[], $4::text[], $5::text[], $6::bigint[])',
        values: columnsOf(steps.flatMap((index) => eventRows(execution, index)), 6),
      });
      await client.query('COMMIT');
    },
    close: async () => {
      await client.query(`DROP SCHEMA ${schema} CASCADE`);
      await client.end();
    },
  };
}
