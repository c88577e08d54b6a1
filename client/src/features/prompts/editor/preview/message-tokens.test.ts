import { expect, test } from '@jest/globals';
import { newMessage } from '../prompt-draft';
import { messageTokens } from './message-tokens';

const counts = (...tokens: number[]) => tokens.map((count) => ({ tokens: count }));

test('each message has its own count; a placeholder that of all its messages', () => {
  const messages = [newMessage('SYSTEM'), newMessage('PLACEHOLDER', 'history'), newMessage('USER')];
  expect([...messageTokens(messages, counts(5, 1, 2, 3, 7)).values()]).toEqual([5, 6, 7]);
  expect([...messageTokens(messages, counts(5, 7)).values()]).toEqual([5, 0, 7]);
  expect([...messageTokens(messages.filter(({ role }) => role !== 'PLACEHOLDER'), counts(5, 7)).values()]).toEqual([5, 7]);
});

test('an answer that is of other messages tells nothing', () => {
  expect(messageTokens([newMessage('USER')], counts(1, 2)).size).toBe(0);
  expect(messageTokens([newMessage('PLACEHOLDER', 'a'), newMessage('PLACEHOLDER', 'b')], counts(1, 2, 3)).size).toBe(0);
});
