import { describe, expect, test } from '@jest/globals';
import { findByTyping, moveByKey, type TreeItem } from './tree-moves';

const item = (id: string, level: number, expanded?: boolean): TreeItem => ({ id, name: id, level, position: 1, setSize: 1, ...(expanded !== undefined && { expanded }) });
const items = [item('alpha', 1, true), item('beta', 2, false), item('bravo', 2), item('gamma', 1)];
const press = (id: string, key: string) => moveByKey(items, id, key);

describe('keys of a tree', () => {
  test('up and down go over the rows that are shown and stop at the ends', () => {
    expect(press('beta', 'ArrowDown')).toEqual({ focus: 'bravo' });
    expect(press('beta', 'ArrowUp')).toEqual({ focus: 'alpha' });
    expect(press('alpha', 'ArrowUp')).toBeUndefined();
    expect(press('gamma', 'ArrowDown')).toBeUndefined();
  });

  test('right opens, then goes in; left closes, then goes out', () => {
    expect(press('beta', 'ArrowRight')).toEqual({ id: 'beta', expanded: true });
    expect(press('alpha', 'ArrowRight')).toEqual({ focus: 'beta' });
    expect(press('bravo', 'ArrowRight')).toBeUndefined();
    expect(press('alpha', 'ArrowLeft')).toEqual({ id: 'alpha', expanded: false });
    expect(press('bravo', 'ArrowLeft')).toEqual({ focus: 'alpha' });
    expect(press('gamma', 'ArrowLeft')).toBeUndefined();
  });

  test('Home and End go to the ends', () => {
    expect(press('bravo', 'Home')).toEqual({ focus: 'alpha' });
    expect(press('bravo', 'End')).toEqual({ focus: 'gamma' });
  });

  test('other keys, and rows that are not shown, move nothing', () => {
    expect(press('alpha', 'a')).toBeUndefined();
    expect(press('gone', 'Home')).toBeUndefined();
  });
});

describe('typing', () => {
  test('finds the next name that begins so, round the end', () => {
    expect(findByTyping(items, 'alpha', 'g')).toBe('gamma');
    expect(findByTyping(items, 'gamma', 'A')).toBe('alpha');
    expect(findByTyping(items, 'alpha', 'x')).toBeUndefined();
  });

  test('a letter again goes on to the next; more letters stay where they fit', () => {
    expect(findByTyping(items, 'beta', 'b')).toBe('bravo');
    expect(findByTyping(items, 'bravo', 'bb')).toBe('beta');
    expect(findByTyping(items, 'beta', 'be')).toBe('beta');
  });
});
