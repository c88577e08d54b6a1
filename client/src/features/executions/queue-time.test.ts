import { expect, test } from '@jest/globals';
import { queuedMs, readySince } from './queue-time';
import { applyEvents, emptyRun, type RunEvent } from './run-state';

const run = { workflowVersion: { id: 'v', number: 1, steps: [{ key: 'a', dependsOn: [] }, { key: 'b', dependsOn: ['a'] }] } };

const at = (ms: number) => new Date(ms).toISOString();
const event = (seq: number, ms: number, type: RunEvent['type'], stepKey?: string): RunEvent => ({ seq, at: at(ms), type, stepKey: stepKey ?? null, attempt: stepKey ? 1 : null, payload: {} });

const state = applyEvents(emptyRun(['a', 'b']), [
  event(1, 1_000, 'EXECUTION_STARTED'),
  event(2, 1_200, 'STEP_STARTED', 'a'),
  event(3, 2_000, 'STEP_COMPLETED', 'a'),
  event(4, 2_500, 'STEP_STARTED', 'b'),
]);

test('a step is in the queue from the start of the run, or from the end of what it waits for, until it begins', () => {
  expect(queuedMs(run, state, 'a')).toBe(200);
  expect(queuedMs(run, state, 'b')).toBe(500);
});

test('what has not begun was in no queue yet', () => {
  const pending = emptyRun(['a', 'b']);
  expect(readySince(run, pending, 'a')).toBeUndefined();
  expect(queuedMs(run, pending, 'a')).toBeNull();
});
