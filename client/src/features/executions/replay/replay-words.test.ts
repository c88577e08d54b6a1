import { expect, test } from '@jest/globals';
import { isUnderWay, replayStatus } from './replay-words';

const none = { total: 3, queued: 0, running: 0, failed: 0, cancelled: 0 };

test.each([
  [{ ...none, queued: 3 }, 'QUEUED', true],
  [{ ...none, queued: 1 }, 'RUNNING', true],
  [{ ...none, running: 1 }, 'RUNNING', true],
  [none, 'COMPLETED', false],
  [{ ...none, failed: 2 }, 'COMPLETED', false],
  [{ ...none, failed: 3 }, 'FAILED', false],
  [{ ...none, cancelled: 1 }, 'CANCELLED', false],
] as const)('%j is %s', (summary, status, underWay) => {
  expect(replayStatus(summary)).toBe(status);
  expect(isUnderWay(summary)).toBe(underWay);
});
