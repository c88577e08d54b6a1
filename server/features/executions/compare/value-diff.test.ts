import { describe, expect, test } from '@jest/globals';
import { diffValues } from './value-diff.js';

describe('two values', () => {
  test('that are texts are compared line by line', () => {
    const { change, lines, fields } = diffValues('one\ntwo', 'one\n2');
    expect({ change, fields }).toEqual({ change: 'CHANGED', fields: [] });
    expect(lines.map((line) => line.change)).toEqual(['UNCHANGED', 'REMOVED', 'ADDED']);
  });

  test('that are objects are compared place by place, the order of keys aside', () => {
    expect(diffValues({ a: 1, b: { c: 'x' } }, { b: { c: 'y' }, a: 1 })).toMatchObject({ change: 'CHANGED', lines: [], fields: [{ field: 'b.c', change: 'CHANGED', before: 'x', after: 'y' }] });
    expect(diffValues({ a: 1, b: 2 }, { b: 2, a: 1 })).toMatchObject({ change: 'UNCHANGED', fields: [] });
  });

  test('of different kinds are told whole', () => {
    expect(diffValues('1', 1)).toMatchObject({ change: 'CHANGED', fields: [{ field: '', change: 'CHANGED', before: '1', after: 1 }] });
  });

  test('of which one is missing are that of the other', () => {
    expect(diffValues(undefined, 'one\ntwo')).toMatchObject({ change: 'ADDED', lines: [{ change: 'ADDED', lineAfter: 1 }, { change: 'ADDED', lineAfter: 2 }] });
    expect(diffValues({ a: 1 }, undefined)).toMatchObject({ change: 'REMOVED', fields: [{ field: 'a', change: 'REMOVED', before: 1 }] });
    expect(diffValues(undefined, undefined)).toMatchObject({ change: 'UNCHANGED' });
  });

  test('that are too long, or differ in too many places, say so', () => {
    const long = 'x'.repeat(300_000);
    expect(diffValues(long, `${long}y`)).toEqual({ change: 'CHANGED', lines: [], fields: [], truncated: true });
    expect(diffValues(long, long)).toMatchObject({ change: 'UNCHANGED', truncated: false });
    const many = (value: number) => Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`k${index}`, value]));
    const { fields, truncated } = diffValues(many(1), many(2));
    expect([fields.length, truncated]).toEqual([500, true]);
  });
});
