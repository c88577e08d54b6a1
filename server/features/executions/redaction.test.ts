import { expect, it } from '@jest/globals';
import { hiddenSecret, Redaction } from './redaction.js';

const secret = 'p@ss "word"/+é';

it.each([
  ['as it is', secret],
  ['in a URL', encodeURIComponent(secret)],
  ['in a form', new URLSearchParams({ secret }).toString().slice(7)],
  ['in JSON within a text', JSON.stringify(secret).slice(1, -1)],
])('A secret is found %s', (_, spelled) => {
  expect(new Redaction([secret]).text(`<${spelled}>`)).toBe(`<${hiddenSecret}>`);
});

it.each(['', 'u', 'us', 'user:'])('A secret is found in base64 after %j', (before) => {
  const text = Buffer.from(`${before}0123456789abcdef`).toString('base64');
  const redacted = new Redaction(['0123456789abcdef']).text(text);
  expect(redacted).toContain(hiddenSecret);
  expect(Buffer.from(redacted.replaceAll(hiddenSecret, ''), 'base64').toString('latin1')).not.toContain('0123');
});

it('A secret is found in the texts, the names and the numbers of a value', () => {
  const value = { list: [1, 123_456, 'x123456y', null, true], '123456': { deep: '123456' } };
  expect(new Redaction(['123456']).value(value)).toEqual({ list: [1, hiddenSecret, `x${hiddenSecret}y`, null, true], [hiddenSecret]: { deep: hiddenSecret } });
});

it('A secret within another leaves nothing of the other', () => {
  expect(new Redaction(['abcd', 'abcdefgh']).text('abcdefgh abcd')).toBe(`${hiddenSecret} ${hiddenSecret}`);
});

it('Of what was sent, whole words with a secret in them are hidden, and the others are not', () => {
  const authorization = `Basic ${Buffer.from('me:0123456789').toString('base64')}`;
  const redaction = new Redaction(['0123456789']).andWordsOf([authorization, 'application/json']);
  expect(redaction.value({ authorization, type: 'application/json' })).toEqual({ authorization: `Basic ${hiddenSecret}`, type: 'application/json' });
});

it('Without secrets nothing changes', () => {
  const value = { text: 'kept' };
  expect(new Redaction([]).value(value)).toBe(value);
});
