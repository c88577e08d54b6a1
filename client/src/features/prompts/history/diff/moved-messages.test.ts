import { expect, test } from '@jest/globals';
import { movedAndChanged } from './moved-messages';

const message = (id: string, change: string, placeBefore: number | null, placeAfter: number | null) => ({ id, change, placeBefore, placeAfter });

test('a changed message that another was moved past did not move itself', () => {
  const messages = [message('b', 'CHANGED', 2, 1), message('c', 'UNCHANGED', 3, 2), message('a', 'MOVED', 1, 3)];
  expect([...movedAndChanged(messages)]).toEqual([]);
});

test('a changed message that stands elsewhere among the others was moved too', () => {
  const messages = [message('b', 'UNCHANGED', 2, 1), message('c', 'UNCHANGED', 3, 2), message('a', 'CHANGED', 1, 3)];
  expect([...movedAndChanged(messages)]).toEqual(['a']);
});

test('places shift where a message came or went, which moves nothing', () => {
  const messages = [message('new', 'ADDED', null, 1), message('a', 'CHANGED', 1, 2), message('gone', 'REMOVED', 2, null), message('b', 'CHANGED', 3, 3)];
  expect([...movedAndChanged(messages)]).toEqual([]);
});

test('of no messages, none moved', () => {
  expect([...movedAndChanged([])]).toEqual([]);
});
