import { expect, test } from '@jest/globals';
import { changeInWords } from './change-in-words';

test.each<[number | null, number | null, string]>([
  [100, 112, '+12 %'],
  [100, 97, '−3 %'],
  [3, 4, '+33 %'],
  [1000, 1015, '+1.5 %'],
  [10, 30_000, '+299,900 %'],
  [5, 5, 'the same'],
  [1_000_000, 1_000_001, 'about the same'],
  [0, 3, ''],
  [null, 3, ''],
  [3, null, ''],
])('from %s to %s: %s', (before, after, words) => {
  expect(changeInWords(before, after)).toBe(words);
});
