import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Spread, spreadOf } from './statistics.js';

const rowsAStep = 3;

/**
 * The least that a chain of steps can cost on this disk: the same rows (a step and its two events), written by bare prepared statements with the
 * same durability, one transaction a step as a chain needs it.
 * @returns milliseconds a chain, and steps a second when all steps that fall together share a transaction
 */
export async function measureFloor(steps: number, rounds: number): Promise<{ chainMs: Spread; groupedStepsPerSecond: number }> {
  const folder = await mkdtemp(join(tmpdir(), 'promptpilot-floor-'));
  const database = new Sqlite(join(folder, 'floor.db'));
  database.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE step (execution_id TEXT, step_key TEXT, status TEXT, input TEXT, output TEXT, PRIMARY KEY (execution_id, step_key));
    CREATE TABLE event (execution_id TEXT, seq INTEGER, type TEXT, step_key TEXT, payload TEXT, at INTEGER, PRIMARY KEY (execution_id, seq));`);
  const step = database.prepare('INSERT INTO step VALUES (?, ?, ?, ?, ?)');
  const event = database.prepare('INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)');
  const write = (execution: string, index: number) => {
    step.run(execution, `step${index}`, 'COMPLETED', '{"n":1}', '2');
    for (let half = 0; half < rowsAStep - 1; half++) event.run(execution, index * 2 + half, 'STEP_COMPLETED', `step${index}`, '{"output":2}', Date.now());
  };
  const one = database.transaction(write);
  const all = database.transaction((execution: string) => {
    for (let index = 0; index < steps; index++) write(execution, index);
  });
  const chains = Array.from({ length: rounds }, (_, round) => {
    const began = performance.now();
    for (let index = 0; index < steps; index++) one(`chain${round}`, index);
    return performance.now() - began;
  });
  const began = performance.now();
  for (let round = 0; round < rounds; round++) all(`group${round}`);
  const groupedStepsPerSecond = Math.round((steps * rounds * 1_000) / (performance.now() - began));
  database.close();
  await rm(folder, { recursive: true });
  return { chainMs: spreadOf(chains), groupedStepsPerSecond };
}
