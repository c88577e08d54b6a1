import { expect, test } from '@jest/globals';
import { newMessage } from '../prompt-draft';
import { messageTokens } from './message-tokens';

test('each message has its own count; each placeholder that of all its messages', () => {
  const [system, history, examples, user] = [newMessage('SYSTEM'), newMessage('PLACEHOLDER', 'history'), newMessage('PLACEHOLDER', 'examples'), newMessage('USER')];
  const of = ({ key }: typeof system, ...counts: number[]) => counts.map((tokens) => ({ messageId: key, tokens }));
  const messages = [system, history, examples, user];
  const count = (...rendered: ReturnType<typeof of>[]) => [...messageTokens(messages, rendered.flat()).values()];
  expect(count(of(system, 5), of(history, 1, 2, 3), of(examples, 4, 4), of(user, 7))).toEqual([5, 6, 8, 7]);
  expect(count(of(system, 5), of(user, 7))).toEqual([5, 0, 0, 7]);
});

test('an answer that is of other messages tells nothing of these', () => {
  const message = newMessage('USER');
  expect(messageTokens([message], [{ messageId: 'another', tokens: 3 }, { messageId: null, tokens: 4 }])).toEqual(new Map([[message.key, 0]]));
});
