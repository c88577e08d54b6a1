import { setTimeout as pass } from 'node:timers/promises';
import { afterAll, beforeAll, test } from '@jest/globals';
import { FaultServer } from '../../testing/faults/fault-server.js';
import { createLedgerWorkflow, expectNothingLostOrDoubled, startLedgerRun } from '../../testing/faults/ledger-run.js';

/** `npm run test:kills -- 500` gives another number. */
const kills = Number(process.env.KILLS ?? 25);
const runsAKill = 2;
const longestLifeMs = 600;

let server: FaultServer;

beforeAll(async () => {
  server = await FaultServer.start();
}, 60_000);

afterAll(() => server.stop());

/** Whoever gets no answer asks again with the same key, until there is one. */
async function startStubbornly(workflowId: string, run: string): Promise<string> {
  for (;;) {
    try {
      return await startLedgerRun(server.user, workflowId, run);
    } catch {
      await server.restart();
    }
  }
}

test(
  `killed ${kills} times at any instant, no run is lost and no effect is doubled`,
  async () => {
    const workflowId = await createLedgerWorkflow(server.user, server.ledger.url);
    const runs = new Map<string, string>();
    for (let kill = 1; kill <= kills; kill++) {
      const asked = Array.from({ length: runsAKill }, (_, index) => `kill ${kill}.${index}`);
      // Some are killed while they ask, some while the runs are under way.
      const answers = Promise.allSettled(asked.map((run) => startLedgerRun(server.user, workflowId, run)));
      await pass(Math.random() * longestLifeMs);
      await server.restart();
      await answers;
      for (const run of asked) runs.set(run, await startStubbornly(workflowId, run));
    }
    for (const [run, executionId] of runs) await expectNothingLostOrDoubled(server.user, server.ledger, executionId, run);
  },
  60_000 + kills * 20_000,
);
