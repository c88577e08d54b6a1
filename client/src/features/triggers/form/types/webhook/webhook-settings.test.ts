import { expect, test } from '@jest/globals';
import { isTimestamped, newWebhook, schemes, withPart, wordsOf } from './webhook-settings';

test('What is emptied is left to the server', () => {
  const signature = withPart({}, 'header', 'X-Sig');
  expect(signature).toEqual({ header: 'X-Sig' });
  expect(withPart(withPart(signature, 'acceptRepeats', true), 'header', '')).toEqual({ acceptRepeats: true });
  expect(withPart({ acceptRepeats: true }, 'acceptRepeats', false)).toEqual({});
});

test('A replay window counts where requests say when they were signed', () => {
  const timestamped = (scheme: (typeof schemes)[number]['value'], signature = {}) => isTimestamped({ ...newWebhook(), scheme, signature });
  expect([timestamped('STANDARD'), timestamped('STRIPE'), timestamped('SLACK'), timestamped('HMAC', { timestampHeader: 'X-Time' })]).toEqual([true, true, true, true]);
  expect([timestamped('GITHUB'), timestamped('HMAC'), timestamped('HEADER'), timestamped('NONE')]).toEqual([false, false, false, false]);
});

test('Every scheme that lets strangers in says so', () => {
  expect(schemes.filter(({ warning }) => warning).map(({ value }) => value)).toEqual(['HEADER', 'NONE']);
  expect(wordsOf('NONE').secret).toBe('NONE');
});
