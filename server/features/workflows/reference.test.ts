import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { formatReference, parseReference, type Reference, ReferenceSyntaxError, resolveReference } from './reference.js';

const values = {
  inputs: { document: 'text', nothing: null, item: { id: 7 }, index: 2 },
  errorOf: (key: string) => (key === 'call' ? { code: 'TIMEOUT' } : null),
  outputOf: (key: string) => (key === 'extract' ? { items: [{ title: 'First', 'a "b"': 1 }], total: 0, list: ['x'] } : undefined),
};
const resolve = (text: string) => resolveReference(parseReference(text), values);

describe('a reference', () => {
  test.each([
    ['inputs.document', 'text'],
    ['inputs.nothing', null],
    ['steps.extract.output.total', 0],
    ['steps.call.error.code', 'TIMEOUT'],
    ['steps.extract.error', null],
    ['item.id', 7],
    ['index', 2],
    ['steps.extract.output.items[0].title', 'First'],
    ['steps.extract.output["items"][0]["a \\"b\\""]', 1],
    ['steps.extract.output.items', [{ title: 'First', 'a "b"': 1 }]],
  ])('%s gives what stands there', (text, value) => {
    expect(resolve(text)).toEqual(value);
  });

  test.each([
    'inputs.other', 'inputs.document.length', 'inputs.nothing.more', 'inputs.toString', 'inputs.constructor',
    'steps.other.output', 'steps.extract.output.missing', 'steps.extract.output.items[1]', 'steps.extract.output.items[0].title[0]',
    'steps.extract.output.list.length', 'steps.extract.output.list["0"]', 'steps.extract.output.constructor.name',
    'steps.extract.output.__proto__', 'steps.extract.output["__proto__"]["toString"]', 'steps.extract.output.list.map',
  ])('%s gives nothing', (text) => {
    expect(resolve(text)).toBeUndefined();
  });

  test.each([
    '', 'document', 'inputs', 'inputs.', 'input.document', 'steps.extract', 'steps.extract.outputs', 'steps.extract.output.', 'steps.extract.output[',
    'steps.extract.output[-1]', 'steps.extract.output[1.5]', 'steps.extract.output[*]', 'steps.extract.output["a]', 'steps.extract.output["\\x"]',
    'inputs.a b', ' inputs.a', 'inputs.1a', 'inputs.a-b.', 'steps.__proto__.output', `inputs.a${'.b'.repeat(300)}`,
  ])('%j is none', (text) => {
    expect(() => parseReference(text)).toThrow(ReferenceSyntaxError);
  });

  test('is read as it was written', () => {
    const name = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9_]{0,49}$/);
    const path = fc.array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 20 }), fc.nat(9_999_999)), { maxLength: 8 });
    const reference: fc.Arbitrary<Reference> = fc.oneof(
      fc.record({ kind: fc.constant('input' as const), name, path }),
      fc.record({ kind: fc.constant('step' as const), key: name, path }),
    );
    fc.assert(
      fc.property(reference, (written) => {
        const text = formatReference(written);
        fc.pre(text.length <= 500);
        expect(parseReference(text)).toEqual(written);
      }),
    );
  });

  test('of any text is read, or refused with a reason, and never reaches a prototype', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'.[]"\\0a_é \u{1f600}\ud800'), maxLength: 20 }), (tail) => {
        let reference: Reference;
        try {
          reference = parseReference(`steps.extract.output${tail}`);
        } catch (error) {
          expect(error).toBeInstanceOf(ReferenceSyntaxError);
          return;
        }
        expect(typeof resolveReference(reference, values)).not.toBe('function');
      }),
    );
  });
});
