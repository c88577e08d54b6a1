import { expect, test } from '@jest/globals';
import { pathTo, valueRows } from './value-rows';

const values = { payload: { customer: { email: 'ada@example.com' }, items: [{ id: 1 }], 'a title': null }, headers: {} };

test('Each value within what has arrived is a row, by the path that a mapping reads it by', () => {
  expect(valueRows(values, new Set()).map(({ id, level, shown }) => [id, level, shown])).toEqual([
    ['payload', 1, '3 fields'],
    ['payload.customer', 2, '1 field'],
    ['payload.customer.email', 3, '"ada@example.com"'],
    ['payload.items', 2, '1 item'],
    ['payload.items[0]', 3, '1 field'],
    ['payload.items[0].id', 4, '1'],
    ['payload["a title"]', 2, 'null'],
    ['headers', 1, '0 fields'],
  ]);
});

test('What is closed keeps its contents to itself', () => {
  const rows = valueRows(values, new Set(['payload.customer', 'payload.items']));
  expect(rows.map(({ id, expanded }) => [id, expanded])).toEqual([
    ['payload', true],
    ['payload.customer', false],
    ['payload.items', false],
    ['payload["a title"]', undefined],
    ['headers', undefined],
  ]);
});

test('Long lists and texts are cut short', () => {
  const rows = valueRows({ payload: { list: Array.from({ length: 10_000 }, (_, index) => index), text: 'x'.repeat(10_000) } }, new Set());
  expect(rows).toHaveLength(203);
  expect(rows.at(-1)?.shown).toHaveLength(121);
});

test('Names that are no plain words are quoted', () => {
  expect(['x-topic', 'größe', '$ref', '1st', 'a b', 'a"b', ''].map((name) => pathTo('headers', name))).toEqual(['headers.x-topic', 'headers.größe', 'headers.$ref', 'headers["1st"]', 'headers["a b"]', 'headers["a\\"b"]', 'headers[""]']);
});
