import { expect, test } from '@jest/globals';
import { bumpToSend, raisedBump } from './bumps';

test('a bump can be raised', () => {
  expect(raisedBump('PATCH', 'MINOR')).toBe('MINOR');
  expect(bumpToSend('PATCH', 'MAJOR')).toBe('MAJOR');
});

test('a bump can’t be lowered, also where the content came to ask for more after it was chosen', () => {
  expect(raisedBump('MAJOR', 'MINOR')).toBe('MAJOR');
  expect(bumpToSend('MAJOR', 'MINOR')).toBeNull();
});

test('the derived one is not sent', () => {
  expect(bumpToSend('MINOR', 'MINOR')).toBeNull();
  expect(bumpToSend('MINOR', null)).toBeNull();
});
