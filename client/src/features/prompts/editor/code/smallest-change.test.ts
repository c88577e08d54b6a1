import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { smallestChange } from './smallest-change';

test('only what differs is replaced', () => {
  expect(smallestChange('Dear {{ name }}, hi', 'Dear {{ friend }}, hi')).toEqual({ from: 8, to: 12, insert: 'friend' });
  expect(smallestChange('aa', 'aaa')).toEqual({ from: 2, to: 2, insert: 'a' });
  expect(smallestChange('same', 'same')).toBeUndefined();
});

test('it makes the one text the other, whatever they are', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 });
  fc.assert(fc.property(text, text, (before, after) => {
    const { from, to, insert } = smallestChange(before, after) ?? { from: 0, to: 0, insert: '' };
    expect(before.slice(0, from) + insert + before.slice(to)).toBe(after);
  }));
});
