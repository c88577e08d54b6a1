import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fold } from './fold';

const isUpper = (letter: string) => letter !== letter.toLowerCase();
const foldedText = (text: string, context = 1) => fold([...text], isUpper, { context, least: 3 }).map(({ folded, items }) => (folded ? `(${items.length})` : items.join(''))).join('');

test('what matters is shown with what stands around it, the rest is folded', () => {
  expect(foldedText('abcdefGhijklm')).toBe('(5)fGh(5)');
});

test('nothing is folded that is hardly longer than the line in its place', () => {
  expect(foldedText('abCdeFgh')).toBe('abCdeFgh');
});

test('where nothing matters, everything is folded', () => {
  expect(foldedText('abcdef')).toBe('(6)');
});

test('how much is worth folding can be chosen', () => {
  expect(fold([...'aB'], isUpper, { context: 0, least: 1 }).map(({ folded }) => folded)).toEqual([true, false]);
});

test('an empty list has no stretches', () => {
  expect(fold([], isUpper, { context: 3, least: 3 })).toEqual([]);
});

test('the stretches are the whole list, in its order, and hide nothing that matters', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean()), fc.nat(4), (items, context) => {
      const stretches = fold(items, (item) => item, { context, least: 3 });
      expect(stretches.flatMap((stretch) => stretch.items)).toEqual(items);
      expect(stretches.filter(({ folded }) => folded).some((stretch) => stretch.items.includes(true))).toBe(false);
      for (const { start, items: [first] } of stretches) expect(items[start]).toBe(first);
      for (const [index, { folded }] of stretches.entries()) expect(stretches[index + 1]?.folded).not.toBe(folded);
    }),
  );
});
