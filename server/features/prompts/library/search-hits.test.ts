import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findHits, type SearchedPrompt, type TextFragment } from './search-hits.js';
import { searchedWords, wordsOf } from './words.js';

const prompt = (parts: Partial<SearchedPrompt>): SearchedPrompt => ({ name: '', path: '', description: '', tags: [], texts: [], ...parts });
const shown = (fragments: readonly TextFragment[]) => fragments.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');
const find = (parts: Partial<SearchedPrompt>, question: string) => findHits(prompt(parts), searchedWords(question)).map(({ field, fragments }) => `${field} ${shown(fragments)}`);

describe('what was looked for is marked', () => {
  test.each<[string, Partial<SearchedPrompt>, string, string[]]>([
    ['in every field', { name: 'Refund', path: 'support/refund', description: 'About refunds', tags: ['refund', 'other'], texts: ['Refund {{ sum }}'] }, 'refund', [
      'NAME [Refund]', 'TAGS [refund]', 'PATH support/[refund]', 'DESCRIPTION About [refund]s', 'TEXT [Refund] {{ sum }}',
    ]],
    ['by the beginning of a word, not its middle', { name: 'Unhappy happiness' }, 'happi', ['NAME Unhappy [happi]ness']],
    ['whatever the case and the accents', { name: 'CRE\u0300ME brûlée' }, 'crème BRU', ['NAME [CRE\u0300ME] [brû]lée']],
    ['where one letter is read as two', { name: 'Große Straße' }, 'strass', ['NAME Große [Straß]e']],
    ['in scripts without spaces', { name: '東京都の東と京' }, '東京', ['NAME [東京]都の東と京']],
    ['over several characters of such scripts as one piece', { name: '東京都の' }, '東京都', ['NAME [東京都]の']],
    ['when one word begins another', { name: 'to total' }, 'to total', ['NAME [to] [total]']],
    ['and what is markup stays text', { name: '<b>bold</b> & <script>' }, 'b script', ['NAME <[b]>[b]old</[b]> & <[script]>']],
    ['nowhere without a word', { name: 'a' }, '!?', []],
    ['nowhere where it is not', { name: 'a' }, 'b', []],
  ])('%s', (_case, parts, question, hits) => {
    expect(find(parts, question)).toEqual(hits);
  });
});

describe('an excerpt', () => {
  const filler = 'lorem ipsum dolor sit amet '.repeat(20);

  test('begins a little before the word and ends with whole words, on one line', () => {
    const [hit] = find({ texts: [`${filler}\n\n  the refund\nis due ${filler}`] }, 'refund');
    expect(hit).toMatch(/^TEXT …(?:\S+ )+the \[refund\] is due (?:\S+ )+\S+…$/);
    expect(hit?.length).toBeLessThan(240);
  });

  test('shows the words together where they stand together', () => {
    expect(find({ texts: [`refund ${filler}`, `${filler} refund the customer`] }, 'customer refund')).toEqual([expect.stringMatching(/^TEXT ….* \[refund\] the \[customer\]$/)]);
  });

  test('is followed by another where they stand apart, three at most', () => {
    const texts = ['alpha', 'beta', 'gamma', 'delta'].map((word) => `${word} ${filler}`);
    expect(find({ texts }, 'alpha gamma')).toEqual([expect.stringMatching(/^TEXT \[alpha\]/), expect.stringMatching(/^TEXT \[gamma\]/)]);
    expect(find({ texts }, 'alpha beta gamma delta')).toHaveLength(3);
  });

  test('cuts no character in two', () => {
    const [hit] = find({ texts: [`${'😀'.repeat(100)}a refund${'😀'.repeat(200)}`] }, 'refund');
    expect(hit?.isWellFormed()).toBe(true);
  });
});

test('the pieces are the text, and each marked piece begins as something that was looked for, whatever both are', () => {
  const text = fc.string({ unit: fc.constantFrom(...'abAÀßs東京 -\u0301') });
  fc.assert(
    fc.property(text, text, (name, question) => {
      const words = searchedWords(question);
      for (const { fragments } of findHits(prompt({ name }), words)) {
        expect(fragments.map((fragment) => fragment.text).join('')).toBe(name);
        for (const { text: marked } of fragments.filter(({ hit }) => hit)) {
          const [first] = wordsOf(marked);
          expect(words.some((word) => first?.text.startsWith(word) || word.startsWith(first?.text ?? '-'))).toBe(true);
        }
      }
    }),
  );
});
