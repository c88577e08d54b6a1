import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isPath, pathOfName, pathWithin } from './path.js';

describe('the path made from a name', () => {
  test.each([
    ['Summarise ticket', 'summarise-ticket'],
    ['  Über Müller & Söhne!  ', 'uber-muller-sohne'],
    ['v2.1 / draft', 'v2-1-draft'],
    ['a'.repeat(200), 'a'.repeat(120)],
  ])('%s', (name, path) => {
    expect(pathOfName(name)).toBe(path);
  });

  test('a name without Latin letters gives a path of its own', () => {
    expect(pathOfName('要約')).toMatch(/^prompt-[0-9a-f]{8}$/);
    expect(pathOfName('要約')).not.toBe(pathOfName('翻訳'));
  });

  test('is a path, whatever the name, and the path of itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: fc.constantFrom(...'aZ9-_/ äßＡ日\u{1f600}') }), (name) => {
        const path = pathOfName(name);
        expect(isPath(path)).toBe(true);
        expect(pathOfName(path)).toBe(path);
      }),
    );
  });
});

describe('the path of a prompt within folders', () => {
  test.each([
    [[], 'Reply', 'reply'],
    [['Support', 'Tier 2'], 'Reply to Ada', 'support/tier-2/reply-to-ada'],
    [['a'.repeat(80), 'b'.repeat(80)], 'c'.repeat(30), `${'b'.repeat(80)}/${'c'.repeat(30)}`],
    [['a'.repeat(80)], 'c'.repeat(200), 'c'.repeat(120)],
  ])('%j and %s: %s', (folders, name, path) => {
    expect(pathWithin(folders, name)).toBe(path);
  });
});

describe('a path', () => {
  test.each(['a', 'support/summarise-ticket', '2024/q1_report'])('%s is one', (path) => {
    expect(isPath(path)).toBe(true);
  });

  test.each(['', '/', 'a/', '/a', 'a//b', 'A', 'a b', '../a', 'a/-b', 'ä', 'a\n', 'a'.repeat(121)])('%j is none', (path) => {
    expect(isPath(path)).toBe(false);
  });
});
