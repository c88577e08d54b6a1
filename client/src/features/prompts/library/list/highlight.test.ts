import { describe, expect, test } from '@jest/globals';
import { fragmentsOfTag, highlightsOf } from './highlight';

const plain = (text: string) => ({ hit: false, text });
const hit = (text: string) => ({ hit: true, text });
const prompt = { name: 'Refund reply', description: 'Answers a customer who wants a refund.' };

describe('a hit', () => {
  test('is marked in the row where the row shows the whole text', () => {
    const { name, excerpts } = highlightsOf(prompt, [{ field: 'NAME', fragments: [hit('Refund'), plain(' reply')] }]);
    expect(name).toEqual([hit('Refund'), plain(' reply')]);
    expect(excerpts).toEqual([]);
  });

  test('is shown as an excerpt where only part of the text was sent, or the row does not have it', () => {
    const cut = [plain('… wants a '), hit('refund')];
    const text = [plain('The '), hit('refund'), plain(' of')];
    const { description, excerpts } = highlightsOf(prompt, [{ field: 'DESCRIPTION', fragments: cut }, { field: 'TEXT', fragments: text }]);
    expect(description).toEqual([plain(prompt.description)]);
    expect(excerpts).toEqual([{ label: 'Description', fragments: cut }, { label: 'Text', fragments: text }]);
  });

  test('in tags marks the tags', () => {
    expect(highlightsOf(prompt, [{ field: 'TAGS', fragments: [plain('money, '), hit('Refund'), plain('s')] }]).inTags).toEqual(['refund']);
  });

  test('nowhere leaves everything as it is', () => {
    expect(highlightsOf(prompt, [])).toEqual({ name: [plain(prompt.name)], description: [plain(prompt.description)], inTags: [], excerpts: [] });
  });
});

test('a tag is cut where the search was found in it', () => {
  expect(fragmentsOfTag('Refunds', ['refund', 're'])).toEqual([hit('Refund'), plain('s')]);
  expect(fragmentsOfTag('pre-refund', ['refund'])).toEqual([plain('pre-'), hit('refund')]);
  expect(fragmentsOfTag('other', ['refund', ''])).toEqual([plain('other')]);
});
