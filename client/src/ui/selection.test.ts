import { expect, test } from '@jest/globals';
import { toggled } from './selection';

const rows = ['a', 'b', 'c', 'd'];

test('a row is ticked and unticked by itself', () => {
  expect([...toggled(new Set(['a']), rows, 'c')]).toEqual(['a', 'c']);
  expect([...toggled(new Set(['a', 'c']), rows, 'a')]).toEqual(['c']);
});

test('a range takes all rows between, in either direction', () => {
  expect([...toggled(new Set(['a']), rows, 'c', 'a')]).toEqual(['a', 'b', 'c']);
  expect([...toggled(new Set(['d']), rows, 'b', 'd')].toSorted()).toEqual(['b', 'c', 'd']);
  expect([...toggled(new Set(rows), rows, 'b', 'c')]).toEqual(['a', 'd']);
});

test('a range from a row that is not there any more takes the one row', () => {
  expect([...toggled(new Set(), rows, 'b', 'gone')]).toEqual(['b']);
});
