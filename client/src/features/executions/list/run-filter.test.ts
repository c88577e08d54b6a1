import { expect, test } from '@jest/globals';
import { filterOf, isNarrowed } from './run-filter';

const now = Date.parse('2026-03-01T12:00:30.000Z');
const filter = (query: string) => Object.fromEntries(Object.entries(filterOf(new URLSearchParams(query), now)).filter(([, value]) => value !== null));

test('an address without filters asks for all', () => {
  expect(filter('')).toEqual({});
  expect(isNarrowed(new URLSearchParams('page=2'))).toBe(false);
});

test('each filter of an address is asked for', () => {
  expect(filter('workflow=w1&status=failed&trigger=api&label=nightly&search=Ada&branch=draft&replay=r1&launchedBy=t1')).toEqual({
    workflowId: 'w1', statuses: ['FAILED'], triggers: ['API'], labels: ['nightly'], search: 'Ada', branch: 'draft', replayId: 'r1', triggerId: 't1',
  });
});

test('what has not ended, and what waits for an approval, count as statuses', () => {
  expect(filter('status=unfinished')).toEqual({ statuses: ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED'] });
  expect(filter('status=approval')).toEqual({ waitingFor: 'APPROVAL' });
});

test('a time so far back begins with a whole minute, so that asking again soon asks the same', () => {
  expect(filter('since=1h')).toEqual({ from: '2026-03-01T11:00:00.000Z' });
  expect(filter('since=7d&from=2020-01-01&to=2020-01-02')).toEqual({ from: '2026-02-22T12:00:00.000Z' });
});

test('times are taken as they stand, and nonsense is left out', () => {
  expect(filter('from=2026-02-01T00:00:00Z&to=2026-02-02T00:00:00Z')).toEqual({ from: '2026-02-01T00:00:00.000Z', to: '2026-02-02T00:00:00.000Z' });
  expect(filter('from=yesterday&status=gone&trigger=moon&since=ever')).toEqual({});
});
