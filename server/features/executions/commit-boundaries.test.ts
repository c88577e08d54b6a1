import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { FaultServer } from '../../testing/faults/fault-server.js';
import { createLedgerWorkflow, eventsOf, expectNothingLostOrDoubled, startLedgerRun } from '../../testing/faults/ledger-run.js';

let server: FaultServer;
let workflowId: string;

beforeAll(async () => {
  server = await FaultServer.start();
  workflowId = await createLedgerWorkflow(server.user, server.ledger.url);
}, 60_000);

afterAll(() => server.stop());

/** @returns undefined where the process died before it answered, or was not reached any more */
const unlessKilled = <T>(asked: Promise<T>): Promise<T | undefined> => asked.catch(() => undefined);

/** A process dies at the first commit of a run, the next one at the second of another, until a run has none left. */
test.each(['before', 'after'] as const)('killed %s any commit of a run, nothing is lost and nothing is done twice', async (when) => {
  for (let at = 1, survived = false; !survived; at++) {
    const run = `${when} ${at}`;
    await server.armKill(at, when);
    const started = await unlessKilled(startLedgerRun(server.user, workflowId, run));
    // It may die of a commit that follows the end of the run, too.
    survived = started !== undefined && (await unlessKilled(eventsOf(server.user, started).then(() => server.disarm()))) === 'disarmed';
    if (!survived) await server.restart();
    // Whoever got no answer asks again, with the same key.
    const executionId = started ?? (await startLedgerRun(server.user, workflowId, run));
    await expectNothingLostOrDoubled(server.user, server.ledger, executionId, run);
    if (survived) expect(at).toBeGreaterThan(15);
  }
}, 600_000);
