import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { endOfReading, searchedWords, wordsOf } from './words.js';

const textsOf = (text: string) => [...wordsOf(text)].map((word) => word.text);

describe('the words of a text', () => {
  test.each([
    ['Summarise the ticket', ['summarise', 'the', 'ticket']],
    ['{{ customer_name }}, {% if ok %}', ['customer', 'name', 'if', 'ok']],
    ['Crème brûlée', ['creme', 'brulee']],
    ['STRASSE Straße', ['strasse', 'strasse']],
    ['Σίσυφος ΣΊΣΥΦΟΣ', ['σισυφοσ', 'σισυφοσ']],
    ['ﬁne ½ ① İıI', ['fine', '1', '2', '1', 'iii']],
    ['Donau\u00addampf', ['donaudampf']],
    ['हिन्दी', ['हनद']],
    ['한국어', ['한국어'.normalize('NFKD')]],
    ['v2.1', ['v2', '1']],
    ['', []],
    ['– !? {{}}', []],
  ])('%j', (text, words) => {
    expect(textsOf(text)).toEqual(words);
  });

  test('of scripts without spaces, each character begins one that ends with the next', () => {
    expect(textsOf('東京都の人 GPT4で')).toEqual(['東京', '京都', '都の', 'の人', '人', 'gpt4', 'て']);
    expect(textsOf('🎉 Launch')).toEqual(['🎉', 'launch']);
  });

  test('are known by their beginning where they are very long', () => {
    expect(textsOf('a'.repeat(5_000))).toEqual(['a'.repeat(40)]);
    expect(textsOf(`${'a'.repeat(39)}𝒃`.normalize('NFC'))).toEqual([`${'a'.repeat(39)}b`]);
    expect(textsOf(`${'a'.repeat(39)}𐐷`)).toEqual(['a'.repeat(39)]);
  });

  test('consist of letters, digits and pictures only, and are read the same again, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of textsOf(text)) {
          expect(word).toMatch(/^[\p{L}\p{N}\p{Extended_Pictographic}]{1,40}$/u);
          expect(textsOf(word)[0]).toBe(word);
        }
      }),
    );
  });
});

describe('what somebody looks for', () => {
  test('is found in a text that it stands in, however it is spelt', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'abÀßΣς東京 -が1') }), (text) => {
        const words = textsOf(text);
        for (const spelling of [text, text.toUpperCase(), text.normalize('NFD'), ` ${text}!`]) {
          for (const word of searchedWords(spelling)) expect(words.some((found) => found.startsWith(word))).toBe(true);
        }
      }),
    );
  });

  test('is not asked for again by the last character of a run', () => {
    expect(searchedWords('東京都')).toEqual(['東京', '京都']);
    expect(searchedWords('都')).toEqual(['都']);
    expect(searchedWords('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
  });
});

test('a reading ends with the accents that belong to it', () => {
  const text = 'e\u0301te\u0301 straße';
  expect(text.slice(0, endOfReading(text, 0, 3))).toBe('e\u0301te\u0301');
  expect(text.slice(6, endOfReading(text, 6, 5))).toBe('straß');
});
