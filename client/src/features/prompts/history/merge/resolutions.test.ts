import { expect, test } from '@jest/globals';
import { nextOpen, readResolutions, resolutionsToSend, resolvedCount } from './resolutions';

const conflicts = [{ id: 'a' }, { id: 'b' }, { id: 'c' }];

test('only conflicts that there are count and are sent', () => {
  const resolutions = { b: { take: 'THEIRS' as const }, gone: { take: 'OURS' as const } };
  expect(resolvedCount(conflicts, resolutions)).toBe(1);
  expect(resolutionsToSend(conflicts, resolutions)).toEqual([{ conflictId: 'b', take: 'THEIRS' }]);
});

test('a result of one’s own is sent with its value, also where that is nothing', () => {
  expect(resolutionsToSend(conflicts, { a: { take: 'CUSTOM', value: null } })).toEqual([{ conflictId: 'a', take: 'CUSTOM', value: null }]);
});

test('the next open conflict is looked for from here on, then from the start', () => {
  expect(nextOpen(conflicts, { b: { take: 'OURS' } }, 1)).toBe(2);
  expect(nextOpen(conflicts, { c: { take: 'OURS' } }, 2)).toBe(0);
  expect(nextOpen(conflicts, { a: { take: 'OURS' }, b: { take: 'OURS' }, c: { take: 'OURS' } }, 0)).toBeUndefined();
  expect(nextOpen([], {}, 0)).toBeUndefined();
});

test.each([null, '', 'x', '[1]', '{"a":{"take":"MINE"}}', '{"a":null}'])('%j kept means nothing was decided', (text) => {
  expect(readResolutions(text)).toEqual({});
});

test('what was kept is taken up again', () => {
  expect(readResolutions('{"a":{"take":"CUSTOM","value":"x"}}')).toEqual({ a: { take: 'CUSTOM', value: 'x' } });
});
