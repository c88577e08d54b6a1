import { expect, test } from '@jest/globals';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { schemaOf } from './schema-of-sample';

test('a sample answer tells its schema', () => {
  expect(schemaOf({ title: 'x', count: 2, scores: [1, 0.5], ok: true, parts: [{ a: 'x' }, { a: 'y' }], none: [] })).toEqual({
    type: 'object',
    properties: {
      title: { type: 'string' },
      count: { type: 'integer' },
      scores: { type: 'array', items: { type: 'number' } },
      ok: { type: 'boolean' },
      parts: { type: 'array', items: { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false } },
      none: { type: 'array', items: {} },
    },
    required: ['title', 'count', 'scores', 'ok', 'parts', 'none'],
    additionalProperties: false,
  });
});

test('whatever the sample, it fits its own schema', () => {
  const name = fc.stringMatching(/^[a-z]{1,5}$/);
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof({ depthSize: 'small' }, fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null), fc.array(tie('value'), { maxLength: 3 }), fc.dictionary(name, tie('value'), { maxKeys: 3, noNullPrototype: true })),
  }));
  fc.assert(fc.property(value, (sample) => {
    expect(new Ajv({ strict: false }).validate(schemaOf(sample), sample)).toBe(true);
  }));
});
