import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesBetween, fitForLog } from './changes.js';

test('Only what differs is told, on both sides, however deep it stands', () => {
  const before = { name: 'Greeting', tags: ['a'], branches: { main: '1.0.0', draft: '1.1.0' } };
  const after = { name: 'Greeting', tags: ['a', 'b'], branches: { main: '1.1.0', draft: '1.1.0' } };
  expect(changesBetween(before, after)).toEqual({ before: { tags: ['a'], branches: { main: '1.0.0' } }, after: { tags: ['a', 'b'], branches: { main: '1.1.0' } } });
});

test('Of what is new or gone all is told; of what stayed as it was, nothing', () => {
  expect(changesBetween(undefined, { name: 'A' })).toEqual({ after: { name: 'A' } });
  expect(changesBetween({ name: 'A' }, undefined)).toEqual({ before: { name: 'A' } });
  expect(changesBetween({ name: 'A' }, { name: 'A' })).toEqual({});
});

test('A long text is cut and known by its hash, so that two that differ far on are told apart', () => {
  const text = 'x'.repeat(1_000);
  const [one, other] = [fitForLog(`${text}1`), fitForLog(`${text}2`)];
  expect(one).toMatch(/^x{200}… \(1001 characters, SHA-256 [0-9a-f]{16}\)$/);
  expect(one).not.toEqual(other);
});

test('What goes by the name of a secret is hidden, should a reader ever give it', () => {
  expect(fitForLog({ password: 'hunter2', nested: [{ apiKey: 'sk-1', headers: { Authorization: 'Bearer x' } }], maxTokens: 5 })).toEqual({
    password: '••••••••',
    nested: [{ apiKey: '••••••••', headers: { Authorization: '••••••••' } }],
    maxTokens: 5,
  });
});

test('Whatever is given, what is kept is JSON of a bounded length, and applying what changed to what was gives what is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect((JSON.stringify(fitForLog(value)) ?? '').length).toBeLessThanOrEqual(16_000);
    }),
  );
  const facts = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.string({ maxLength: 20 }), fc.dictionary(fc.constantFrom('d', 'e'), fc.integer())));
  fc.assert(
    fc.property(facts, facts, (before, after) => {
      const changes = changesBetween(before, after);
      const same = JSON.stringify(sorted(before)) === JSON.stringify(sorted(after));
      expect(Object.keys(changes).length === 0).toBe(same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => one.localeCompare(other))
      .map(([key, part]) => [key, sorted(part)]),
  );
}
