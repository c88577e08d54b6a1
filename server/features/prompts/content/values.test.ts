import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';
import { type PromptVariable, variableTypes } from './content.js';
import { ValueChecker } from './value-checker.js';
import { checkPlainValues } from './values.js';

const variable = (changes: Partial<PromptVariable> = {}): PromptVariable => ({ name: 'x', type: 'STRING', description: '', required: true, ...changes });
const problemsOf = (changes: Partial<PromptVariable>, value: unknown) => checkPlainValues([variable(changes)], { x: value }, 'input.values').problems;

describe('a value', () => {
  test.each<[Partial<PromptVariable>, unknown[]]>([
    [{ type: 'STRING' }, ['', 'a\nb', '日本', 12, false]],
    [{ type: 'TEXT', minLength: 2, maxLength: 3 }, ['ab', 'abc', 12, '👍👍👍']],
    [{ type: 'NUMBER', minimum: 0, maximum: 1.5 }, [0, 0.5, 1.5]],
    [{ type: 'BOOLEAN' }, [true, false]],
    [{ type: 'CHOICE', allowedValues: ['a', 'b'] }, ['a', 'b']],
    [{ type: 'JSON' }, [{ a: [1, null] }, [], 'text', 0, false]],
    [{ type: 'LIST', minLength: 1, maxLength: 2 }, [[1], ['a', { b: 1 }]]],
    [{ type: 'MESSAGES' }, [[], [{ role: 'USER', content: '' }, { role: 'assistant', content: 'Hi' }]]],
  ])('of %j is taken', (changes, values) => {
    for (const value of values) expect(problemsOf(changes, value)).toEqual([]);
  });

  test.each<[Partial<PromptVariable>, unknown, unknown]>([
    [{ type: 'STRING' }, ['a'], 'Give a text. For other values declare the variable as LIST or JSON.'],
    [{ type: 'STRING', minLength: 2 }, 'a', 'Give at least 2 characters.'],
    [{ type: 'STRING', minLength: 2 }, '👍', 'Give at least 2 characters.'],
    [{ type: 'TEXT', maxLength: 2 }, 'abc', 'Give at most 2 characters.'],
    [{ type: 'NUMBER' }, '12', 'Give a number.'],
    [{ type: 'NUMBER', minimum: 3 }, 2, 'Give at least 3.'],
    [{ type: 'NUMBER', maximum: 3 }, 3.1, 'Give at most 3.'],
    [{ type: 'BOOLEAN' }, 'true', 'Give true or false.'],
    [{ type: 'CHOICE', allowedValues: ['a', 'b'] }, 'c', 'Give one of a, b.'],
    [{ type: 'LIST' }, 'a', 'Give a list.'],
    [{ type: 'LIST', maxLength: 1 }, [1, 2], 'Give at most 1 items.'],
    [{ type: 'MESSAGES' }, [{ role: 'TOOL', content: 'x' }], expect.stringMatching(/^Give a list of messages such as/)],
    [{ type: 'MESSAGES' }, [{ role: 'USER', content: 'x', name: 'Ada' }], expect.stringMatching(/^Give a list of messages/)],
    [{ type: 'JSON' }, 'a\0', expect.stringMatching(/NUL/)],
    [{ type: 'NUMBER' }, 2 ** 53, expect.stringMatching(/2\^53/)],
  ])('of %j can not be %j', (changes, value, message) => {
    expect(problemsOf(changes, value)).toEqual([{ field: 'input.values.x', message }]);
  });
});

describe('values', () => {
  const variables = [variable({ name: 'a' }), variable({ name: 'b', required: false }), variable({ name: 'c', defaultValue: 'C' }), variable({ name: 'd', required: false, type: 'NUMBER', defaultValue: 0 })];

  test('that are absent have their default, or are null where they may be', () => {
    expect(checkPlainValues(variables, { a: 'A' }, 'values')).toEqual({ values: { a: 'A', b: null, c: 'C', d: 0 }, problems: [] });
    expect(checkPlainValues(variables, { a: 'A', b: null, c: null, d: 1 }, 'values').values).toEqual({ a: 'A', b: null, c: 'C', d: 1 });
  });

  test('that are missing, wrong or unknown are all named at once', () => {
    const given: unknown = JSON.parse('{ "d": "1", "e": 1, "__proto__": 2 }');
    expect(checkPlainValues(variables, given, 'values').problems).toEqual([
      { field: 'values.a', message: 'Give a value: the prompt needs it.' },
      { field: 'values.d', message: 'Give a number.' },
      { field: 'values.e', message: 'The prompt has no variable of this name. It has a, b, c, d.' },
      { field: 'values.__proto__', message: 'The prompt has no variable of this name. It has a, b, c, d.' },
    ]);
  });

  test.each([[[]], ['text'], [1]])('that are no object are refused: %j', (given) => {
    expect(checkPlainValues([], given, 'values').problems).toEqual([{ field: 'values', message: 'Give an object: the values by the names of the variables.' }]);
  });

  test('of a megabyte are refused', () => {
    const two = [variable({ name: 'a' }), variable({ name: 'b' })];
    expect(checkPlainValues(two, { a: 'x'.repeat(600_000), b: 'x'.repeat(600_000) }, 'values').problems).toEqual([{ field: 'values', message: 'Keep all values together to 1000000 characters of JSON.' }]);
  });

  test('message lists come out with the roles in capitals', () => {
    expect(checkPlainValues([variable({ type: 'MESSAGES' })], { x: [{ role: 'user', content: 'Hi' }] }, 'values').values).toEqual({ x: [{ role: 'USER', content: 'Hi' }] });
  });

  test('that were checked pass again and stay as they are, whatever they are', () => {
    fc.assert(
      fc.property(fc.constantFrom(...variableTypes), fc.jsonValue(), (type, value) => {
        const declared = [variable({ type, allowedValues: ['a'], required: false })];
        const { values, problems } = checkPlainValues(declared, { x: value }, 'values');
        if (problems.length === 0) expect(checkPlainValues(declared, values, 'values')).toEqual({ values, problems: [] });
      }),
    );
  });
});

describe('a pattern', () => {
  let sandbox: Sandbox;
  let checker: ValueChecker;
  beforeAll(() => {
    sandbox = startSandbox();
    checker = new ValueChecker(sandbox);
  });
  afterAll(() => sandbox.close());
  const check = async (pattern: string, value: unknown) => (await checker.check([variable({ pattern })], { x: value }, 'values')).problems;

  test('must match the whole of a value', async () => {
    expect(await check('[A-Z]{2}|[0-9]+', 'AB')).toEqual([]);
    expect(await check('[A-Z]{2}|[0-9]+', 12)).toEqual([]);
    expect(await check('[A-Z]{2}', 'ABC')).toEqual([{ field: 'values.x', message: 'This must match the pattern [A-Z]{2} from its beginning to its end.' }]);
  });

  test('that takes for ever on a value is ended, and never holds up this process', async () => {
    const evil = ['(a+)+b', '(a|a)*b', '(.*)*x'];
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 20);
    for (const pattern of evil) {
      expect(await check(pattern, 'a'.repeat(40))).toEqual([
        { field: 'values.x', message: `The pattern ${pattern} takes too long on this value. Write it without repetitions within repetitions.` },
      ]);
    }
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(20);
    expect(await check('a+', 'aaa')).toEqual([]);
  }, 30_000);

  test('that wants too much memory is refused alike', async () => {
    expect(await check('((((a{1000}){1000}){1000}){1000}){1000}', 'a')).toEqual([{ field: 'values.x', message: expect.any(String) }]);
  }, 30_000);
});
