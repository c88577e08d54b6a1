import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventPatternSchema, isProductEvent, matchesPattern } from './event-pattern.js';

test.each([
  ['order.paid', 'order.paid', true],
  ['order.paid', 'order.paid.late', false],
  ['order.*', 'order.paid', true],
  ['order.*', 'orders.paid', false],
  ['order.*.paid', 'order.eu.paid', true],
  ['order.*.paid', 'order.eu.de.paid', true],
  ['order.*.paid', 'order.paid', false],
  ['*', 'execution.failed', true],
  ['*.failed', 'execution.failed', true],
  ['a*a', 'a', false],
])('%s and %s match: %s', (pattern, type, expected) => expect(matchesPattern(pattern, type)).toBe(expected));

const word = fc.stringMatching(/^[a-c.*]{0,8}$/);

test('a pattern matches what a regular expression of the same meaning does', () => {
  fc.assert(
    fc.property(word, fc.stringMatching(/^[a-c.]{0,10}$/), (pattern, type) => {
      const expected = new RegExp(`^${pattern.replace(/\./g, '\\.').replace(/\*/g, '.*')}$`).test(type);
      expect(matchesPattern(pattern, type)).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});

test('a pattern is of words and stars, and the product keeps its own families to itself', () => {
  for (const bad of ['', '.a', 'a..b', 'a b', 'a%']) expect(eventPatternSchema.safeParse(bad).success).toBe(false);
  expect([isProductEvent('execution.failed'), isProductEvent('executions.failed'), isProductEvent('order.paid')]).toEqual([true, false, false]);
});
