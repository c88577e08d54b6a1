import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { align, longestIncreasing } from './alignment.js';
import { diffLines, type LineDiff } from './line-diff.js';
import { wordsOf } from './words.js';

const shortText = (row: LineDiff) => {
  const side = (spans: LineDiff['before']) => spans && spans.map(({ text, changed }) => (changed ? `[${text}]` : text)).join('');
  return `${row.change} ${side(row.before) ?? '-'} | ${side(row.after) ?? '-'}`;
};
const rows = (before: string, after: string) => diffLines(before, after).map(shortText);

const joined = (diff: readonly LineDiff[], side: 'before' | 'after') =>
  diff
    .map((row) => row[side])
    .filter((spans) => spans !== null)
    .map((spans) => spans.map(({ text }) => text).join(''))
    .join('\n');

/** The same difference looked at from the other side. */
function mirrored(diff: readonly LineDiff[]): LineDiff[] {
  const turned = { ADDED: 'REMOVED', REMOVED: 'ADDED', CHANGED: 'CHANGED', UNCHANGED: 'UNCHANGED' } as const;
  const swapped = diff.map(({ change, lineBefore, lineAfter, before, after }): LineDiff => ({
    change: turned[change], lineBefore: lineAfter, lineAfter: lineBefore, before: after, after: before,
  }));
  const sorted: LineDiff[] = [];
  for (let start = 0, end = 0; start < swapped.length; start = end) {
    const oneSided = (row: LineDiff | undefined) => row?.change === 'ADDED' || row?.change === 'REMOVED';
    for (end = start + 1; oneSided(swapped[start]) && oneSided(swapped[end]); end++);
    const run = swapped.slice(start, end);
    sorted.push(...run.filter(({ change }) => change !== 'ADDED'), ...run.filter(({ change }) => change === 'ADDED'));
  }
  return sorted;
}

// Few words and lines, so that much is the same, often and in several places.
const line = fc.array(fc.constantFrom('the', 'answer', 'is', '{{ x }}', ',', '\t', 'Überblick', '日本', '👩‍💻', ' '), { maxLength: 6 }).map((parts) => parts.join(' '));
const text = fc.oneof(fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')), fc.string({ unit: 'binary' }));

describe('lines', () => {
  test('stand side by side with the words that differ marked', () => {
    expect(rows('You are kind.\nAnswer in English.\nBye', 'You are kind.\nAnswer in French, please.\nBye')).toEqual([
      'UNCHANGED You are kind. | You are kind.',
      'CHANGED Answer in [English]. | Answer in [French, please].',
      'UNCHANGED Bye | Bye',
    ]);
  });

  test('that came or went stand alone', () => {
    expect(rows('one\ntwo\nthree', 'one\nthree\nfour')).toEqual(['UNCHANGED one | one', 'REMOVED two | -', 'UNCHANGED three | three', 'ADDED - | [four]'].map((row) => row.replace('REMOVED two', 'REMOVED [two]')));
  });

  test('that became others find them among the lines that came', () => {
    expect(rows('Summarise the ticket in one line.', 'You are an assistant.\nBe kind.\nSummarise the ticket in two lines.')).toEqual([
      'ADDED - | [You are an assistant.]',
      'ADDED - | [Be kind.]',
      'CHANGED Summarise the ticket in [one line]. | Summarise the ticket in [two lines].',
    ]);
  });

  test('with nothing in common are one that went and one that came', () => {
    expect(rows('Be brief.', 'Explain at length')).toEqual(['REMOVED [Be brief.] | -', 'ADDED - | [Explain at length]']);
  });

  test('without words keep their place and their number', () => {
    expect(diffLines('a\n\nb', 'a\n\nc')).toMatchObject([{ lineBefore: 1 }, { change: 'UNCHANGED', before: [], after: [], lineBefore: 2, lineAfter: 2 }, { lineBefore: 3 }, { lineAfter: 3 }]);
  });

  test('add up to both texts, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = diffLines(before, after);
        expect(joined(diff, 'before')).toBe(before);
        expect(joined(diff, 'after')).toBe(after);
        expect(diff.flatMap(({ lineBefore }) => lineBefore ?? [])).toEqual(before.split('\n').map((_, index) => index + 1));
        expect(diff.flatMap(({ lineAfter }) => lineAfter ?? [])).toEqual(after.split('\n').map((_, index) => index + 1));
      }),
    );
  });

  test('of one text are all unchanged', () => {
    fc.assert(fc.property(text, (same) => expect(diffLines(same, same).every(({ change }) => change === 'UNCHANGED')).toBe(true)));
  });

  test('differ in the same way from either side', () => {
    fc.assert(fc.property(text, text, (before, after) => expect(mirrored(diffLines(before, after))).toEqual(diffLines(after, before))));
  });

  test.each([
    ['one line of 60,000 words', (seed: number) => Array.from({ length: 60_000 }, (_, index) => (index * seed) % 997).join(' ')],
    ['10,000 lines', (seed: number) => Array.from({ length: 10_000 }, (_, index) => `line ${(index * seed) % 997}`).join('\n')],
  ])('%s, rewritten from end to end, are compared in a moment', (_what, make) => {
    const [before, after] = [make(7), make(13)];
    const start = performance.now();
    expect(joined(diffLines(before, after), 'after')).toBe(after);
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

describe('words', () => {
  test('together are the text', () => {
    fc.assert(fc.property(text, (any) => expect(wordsOf(any).join('')).toBe(any)));
  });

  test('are letters of a script without spaces, and whole emoji', () => {
    expect(wordsOf('日本 ab_1\r\n👩‍💻!')).toEqual(['日', '本', ' ', 'ab_1', '\r\n', '👩‍💻', '!']);
  });
});

describe('an alignment', () => {
  const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });

  test('is as long as the longest run that two sequences share', () => {
    const longest = (a: readonly string[], b: readonly string[]): number => {
      const best = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
      for (let i = a.length - 1; i >= 0; i--) {
        for (let j = b.length - 1; j >= 0; j--) best[i]![j] = a[i] === b[j] ? best[i + 1]![j + 1]! + 1 : Math.max(best[i + 1]![j]!, best[i]![j + 1]!);
      }
      return best[0]![0]!;
    };
    fc.assert(fc.property(items, items, (a, b) => expect(align(a, b)).toHaveLength(longest(a, b))));
  });

  test('matches what is the same, in order, however long the sequences are', () => {
    const many = fc.array(fc.integer({ min: 0, max: 300 }).map(String), { minLength: 500, maxLength: 1_500 });
    fc.assert(
      fc.property(many, many, (a, b) => {
        let last = [-1, -1];
        for (const [i, j] of align(a, b)) {
          expect(a[i]).toBe(b[j]);
          expect(i > last[0]! && j > last[1]!).toBe(true);
          last = [i, j];
        }
      }),
      { numRuns: 10 },
    );
  });

  test('lets stay as many as possible of what was put into another order', () => {
    const stays = (numbers: number[]) => [...longestIncreasing(numbers)].map((index) => numbers[index]).reverse();
    expect(stays([1, 2, 3])).toEqual([1, 2, 3]);
    expect(stays([3, 0, 1, 2])).toEqual([0, 1, 2]);
    expect(stays([0, 4, 1, 2, 3])).toEqual([0, 1, 2, 3]);
    expect(stays([])).toEqual([]);
  });
});
