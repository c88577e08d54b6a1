import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ExpressionEngine } from './expression.js';
import { SimpleExpressions } from './simple-expression.js';

const simple = new SimpleExpressions();
const jsonata = new ExpressionEngine();

describe('a simple expression', () => {
  test.each([
    ['n + 1', { n: 1 }, 2],
    ['-n * 2 / 4 - 1', { n: 6 }, -4],
    ['a.b.c', { a: { b: { c: 'deep' } } }, 'deep'],
    ['score > 0.8 ? "high" : "low"', { score: 0.9 }, 'high'],
    ['{ "name": first & " " & last, "list": [1, ok] }', { first: 'Ada', last: 'L', ok: true }, { name: 'Ada L', list: [1, true] }],
    ['(a and b) or c != "x"', { a: true, b: false, c: 'x' }, false],
    ['whole', { whole: { with: ['anything'] } }, { with: ['anything'] }],
  ])('%s is evaluated without JSONata', (expression, input, value) => {
    expect(simple.evaluate(expression, input)).toEqual({ value });
  });

  test.each([
    ['a function', '$uppercase(a)', { a: 'x' }],
    ['a list', 'a', { a: [1] }],
    ['a list on the way', 'a.b', { a: [{ b: 1 }] }],
    ['what is missing', 'b', { a: 1 }],
    ['what only the prototype has', 'constructor', {}],
    ['another type', 'a + 1', { a: '1' }],
    ['a result that is no number', 'a / 0', { a: 1 }],
    ['a filter', 'a[0]', { a: 1 }],
    ['a large text many times', 'a & a', { a: 'x'.repeat(1_001) }],
    ['a large value many times', '{ "one": a, "two": a }', { a: { large: true } }],
    ['a syntax error', 'a +', { a: 1 }],
    ['a deep nest', `${'('.repeat(100)}1${')'.repeat(100)}`, {}],
  ])('%s is left to JSONata', (_what, expression, input) => {
    expect(simple.evaluate(expression, input)).toBeUndefined();
  });

  test('gives what JSONata gives, wherever it gives anything', async () => {
    const name = fc.constantFrom('a', 'b', 'c', '`odd name`');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('.'));
    const literal = fc.constantFrom('0', '1', '-2.5', '1e3', '"x"', '""', 'true', 'false', 'null');
    const operator = fc.constantFrom('+', '-', '*', '/', '<', '<=', '>', '>=', '=', '!=', 'and', 'or', '&', '%', 'in');
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        path,
        literal,
        fc.tuple(tie('expression'), operator, tie('expression')).map(([one, sign, other]) => `(${one} ${sign} ${other})`),
        fc.tuple(tie('expression'), tie('expression'), tie('expression')).map(([one, two, three]) => `(${one} ? ${two} : ${three})`),
        tie('expression').map((one) => `-(${one})`),
        fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `[${one}, ${other}]`),
        fc.tuple(tie('expression'), tie('expression')).map(([one, other]) => `{ "k": ${one}, "l": ${other} }`),
      ),
    }));
    const scalar = fc.oneof(fc.constantFrom(0, -0, 1, -7, 0.1, 1e15), fc.constantFrom('', 'x', 'yes'), fc.boolean(), fc.constant(null));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, scalar, scalar, fc.dictionary(fc.constantFrom('a', 'b', 'c', 'odd name'), tie('value')), fc.array(tie('value'), { maxLength: 2 })),
    }));
    let simply = 0;
    await fc.assert(
      fc.asyncProperty(expression, fc.dictionary(fc.constantFrom('a', 'b', 'c', 'odd name'), value), async (text, input) => {
        const found = simple.evaluate(text, input);
        if (!found) return;
        simply += 1;
        expect(JSON.parse(JSON.stringify(found.value))).toEqual(JSON.parse(await jsonata.evaluate(text, input)));
      }),
      { numRuns: 2_000 },
    );
    expect(simply).toBeGreaterThan(200);
  });
});
