import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type PromptContent, type PromptVariable } from '../content/content.js';
import { bumpOf, contractChanges, type VersionBump } from './contract.js';

const variable = (changes: Partial<PromptVariable> = {}): PromptVariable => ({ name: 'topic', type: 'STRING', description: '', required: true, ...changes });
const contract = (...variables: PromptVariable[]): Pick<PromptContent, 'variables' | 'outputSchema'> => ({ variables });
const between = (before: Partial<PromptVariable>, after: Partial<PromptVariable>) => contractChanges(contract(variable(before)), contract(variable(after)));
const output = (before?: object, after?: object) =>
  contractChanges({ variables: [], outputSchema: before as PromptContent['outputSchema'] }, { variables: [], outputSchema: after as PromptContent['outputSchema'] });

describe('a variable', () => {
  test('that is removed or renamed is a major change', () => {
    expect(contractChanges(contract(variable({ name: 'audience' })), contract())).toEqual([{ bump: 'MAJOR', message: 'Variable `audience` was removed.' }]);
    expect(contractChanges(contract(variable({ name: 'audience' })), contract(variable({ name: 'reader' })))).toEqual([
      { bump: 'MAJOR', message: 'Variable `audience` was removed.' },
      { bump: 'MAJOR', message: 'Variable `reader` is new and must be given.' },
    ]);
  });

  test.each([
    ['required', {}, 'MAJOR', 'Variable `topic` is new and must be given.'],
    ['optional', { required: false }, 'MINOR', 'Variable `topic` is new and may be left out.'],
    ['required with a default, which stands in', { defaultValue: 'news' }, 'MINOR', 'Variable `topic` is new and may be left out.'],
  ] satisfies [string, Partial<PromptVariable>, VersionBump, string][])('that is new and %s', (_what, changes, bump, message) => {
    expect(contractChanges(contract(), contract(variable(changes)))).toEqual([{ bump, message }]);
  });

  test.each([
    ['another type that takes more', { type: 'NUMBER' }, { type: 'JSON' }, 'MINOR', 'takes more than before: its type was NUMBER and is JSON.'],
    ['any text where it was a number, which is written out', { type: 'NUMBER' }, { type: 'TEXT' }, 'MINOR', 'takes more than before: its type was NUMBER and is TEXT.'],
    ['a text too short for a number', { type: 'NUMBER' }, { type: 'TEXT', maxLength: 5 }, 'MAJOR', 'takes other values than before: its type was NUMBER and is TEXT; its greatest length was free and is 5.'],
    ['a text that true and false just fit', { type: 'BOOLEAN' }, { type: 'STRING', maxLength: 5 }, 'MINOR', 'takes more than before: its type was BOOLEAN and is STRING; its greatest length was free and is 5.'],
    ['a list where it was messages', { type: 'MESSAGES' }, { type: 'LIST' }, 'MINOR', 'takes more than before: its type was MESSAGES and is LIST.'],
    ['any text where it was a choice', { type: 'CHOICE', allowedValues: ['a', 'b'] }, { type: 'STRING' }, 'MINOR', 'takes more than before: its type was CHOICE and is STRING; it may be any text.'],
    ['a choice where every text would do', { type: 'STRING' }, { type: 'CHOICE', allowedValues: ['a'] }, 'MAJOR', 'takes less than before: its type was STRING and is CHOICE; it is one of "a".'],
    ['a choice more', { type: 'CHOICE', allowedValues: ['a'] }, { type: 'CHOICE', allowedValues: ['b', 'a'] }, 'MINOR', 'takes more than before: now also "b".'],
    ['a choice less', { type: 'CHOICE', allowedValues: ['a', 'b'] }, { type: 'CHOICE', allowedValues: ['a'] }, 'MAJOR', 'takes less than before: no longer "b".'],
    ['another choice', { type: 'CHOICE', allowedValues: ['a'] }, { type: 'CHOICE', allowedValues: ['b'] }, 'MAJOR', 'takes other values than before: no longer "a"; now also "b".'],
    ['a text that its choices do not fit', { type: 'CHOICE', allowedValues: ['long'] }, { type: 'STRING', maxLength: 3 }, 'MAJOR', 'takes other values than before: its type was CHOICE and is STRING; it may be any text; its greatest length was free and is 3.'],
    ['more room', { maxLength: 100 }, { maxLength: 200 }, 'MINOR', 'takes more than before: its greatest length was 100 and is 200.'],
    ['less room', {}, { maxLength: 200 }, 'MAJOR', 'takes less than before: its greatest length was free and is 200.'],
    ['room elsewhere', { type: 'NUMBER', minimum: 0, maximum: 5 }, { type: 'NUMBER', minimum: 1, maximum: 9 }, 'MAJOR', 'takes other values than before: its minimum was 0 and is 1; its maximum was 5 and is 9.'],
    ['a pattern', {}, { pattern: '^a' }, 'MAJOR', 'takes less than before: its pattern was free and is ^a.'],
    ['no pattern any more', { pattern: '^a' }, {}, 'MINOR', 'takes more than before: its pattern was ^a and is free.'],
    ['another pattern, which nobody can compare', { pattern: 'a' }, { pattern: 'b' }, 'MAJOR', 'takes other values than before: its pattern was a and is b.'],
    ['another type', { type: 'NUMBER' }, { type: 'BOOLEAN' }, 'MAJOR', 'takes other values than before: its type was NUMBER and is BOOLEAN.'],
    ['a long text, which takes the same', { type: 'STRING' }, { type: 'TEXT' }, 'PATCH', 'takes the same as before in other words: its type was STRING and is TEXT.'],
    ['no need to be given', {}, { required: false }, 'MINOR', 'may be left out now.'],
    ['a default', {}, { defaultValue: 'news' }, 'MINOR', 'may be left out now.'],
    ['a need to be given', { required: false }, {}, 'MAJOR', 'must be given now.'],
    ['another default', { defaultValue: 'a' }, { defaultValue: 'b' }, 'PATCH', 'has another value where it is left out.'],
  ] satisfies [string, Partial<PromptVariable>, Partial<PromptVariable>, VersionBump, string][])('that gets %s', (_what, before, after, bump, message) => {
    expect(between(before, after)).toEqual([{ bump, message: `Variable \`topic\` ${message}` }]);
  });

  test('that is described otherwise, has another sample or a limit that means nothing for its type, changes nothing for callers', () => {
    expect(between({ description: 'a', sample: 1 }, { description: 'b', sample: 2, minimum: 5 })).toEqual([]);
  });
});

describe('the output', () => {
  const titled = { type: 'object', properties: { title: { type: 'string', description: 'A title' } }, required: ['title'] };

  test.each([
    ['a schema', undefined, titled, 'MAJOR', 'The output has a schema now; before, every text would do.'],
    ['no schema any more', titled, undefined, 'MAJOR', 'The output has no schema any more.'],
    ['a property more', titled, { ...titled, properties: { ...titled.properties, score: { type: 'number' } }, required: ['title', 'score'] }, 'MINOR', "The output's `score` is new."],
    ['a property less', titled, { type: 'object', properties: {}, required: [] }, 'MAJOR', "The output's `title` was removed."],
    ['a property of another type', titled, { ...titled, properties: { title: { type: 'number' } } }, 'MAJOR', "The output's `title` has another `type`."],
    ['a property that may be missing', titled, { ...titled, required: [] }, 'MAJOR', "The output's `title` may be missing now."],
    ['a property that is always there', { ...titled, required: [] }, titled, 'MAJOR', "The output's `title` is always there now."],
    ['something more in a list', { type: 'array', items: titled }, { type: 'array', items: { ...titled, properties: { ...titled.properties, 'a.b': true } } }, 'MINOR', 'The output\'s `*.["a.b"]` is new.'],
    ['a value more', { enum: ['a'] }, { enum: ['a', 'b'] }, 'MAJOR', 'The output has another `enum`.'],
    ['a property more where any name may come', { additionalProperties: { type: 'string' } }, { additionalProperties: { type: 'string' }, properties: { a: { type: 'number' } } }, 'MAJOR', "The output's `a` is new."],
    ['a branch otherwise', { anyOf: [titled, { type: 'null' }] }, { anyOf: [titled, { type: 'string' }] }, 'MAJOR', "The output's `anyOf.1` has another `type`."],
    ['a definition otherwise', { $defs: { a: { type: 'null' } } }, { $defs: { a: { type: 'string' } } }, 'MAJOR', "The output's `$defs.a` has another `type`."],
    ['a property named as something that every object has', titled, { ...titled, properties: { ...titled.properties, constructor: { type: 'string' } } }, 'MINOR', "The output's `constructor` is new."],
  ] satisfies [string, object | undefined, object | undefined, VersionBump, string][])('that gets %s', (_what, before, after, bump, message) => {
    expect(output(before, after)).toEqual([{ bump, message }]);
  });

  test.each([
    ['annotations', titled, { ...titled, title: 'A ticket', properties: { title: { type: 'string', description: 'Another', examples: ['x'] } } }],
    ['the order of keys and of sets', { type: ['string', 'null'], enum: ['a', null] }, { enum: [null, 'a'], type: ['null', 'string'] }],
    ['a definition that nothing refers to', {}, { $defs: { a: { type: 'string' } } }],
  ])('keeps its readers through %s', (_what, before, after) => {
    expect(output(before, after)).toEqual([]);
  });

  test('may have a property that is named as an annotation', () => {
    expect(output({ properties: { title: { type: 'string' } } }, { properties: { title: { type: 'number' } } })).toMatchObject([{ bump: 'MAJOR' }]);
  });
});

describe('laws', () => {
  const limit = fc.option(fc.integer({ min: 0, max: 6 }), { nil: undefined });
  const anyVariable = fc.record({
    name: fc.constantFrom('a', 'b', 'c', 'd'),
    type: fc.constantFrom<PromptVariable['type']>('STRING', 'TEXT', 'NUMBER', 'BOOLEAN', 'CHOICE', 'JSON', 'LIST', 'MESSAGES'),
    description: fc.string(),
    required: fc.boolean(),
    defaultValue: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
    minLength: limit,
    maxLength: limit,
    minimum: limit,
    maximum: limit,
    pattern: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
    allowedValues: fc.option(fc.subarray(['', 'a', 'bcd', 'efghi'], { minLength: 1 }), { nil: undefined }),
  });
  const variables = fc.uniqueArray(anyVariable, { selector: ({ name }) => name, maxLength: 4 });
  const schema = fc.option(
    fc.record({
      type: fc.constantFrom('object', 'string'),
      description: fc.string(),
      properties: fc.dictionary(fc.constantFrom('a', 'b', 'constructor'), fc.record({ type: fc.constantFrom('string', 'number') })),
      required: fc.subarray(['a', 'b']),
    }),
    { nil: undefined },
  );
  const anyContract = fc.record({ variables, outputSchema: schema });

  test('what is the same has no changes', () => {
    fc.assert(fc.property(anyContract, (same) => expect(contractChanges(same, structuredClone(same))).toEqual([])));
  });

  test('the bump of a whole is the greatest of its parts', () => {
    fc.assert(
      fc.property(variables, variables, schema, schema, (before, after, outputBefore, outputAfter) => {
        const whole = bumpOf(contractChanges({ variables: before, outputSchema: outputBefore }, { variables: after, outputSchema: outputAfter }));
        const names = new Set([...before, ...after].map(({ name }) => name));
        const parts = [...names].map((name) =>
          bumpOf(contractChanges(contract(...before.filter((one) => one.name === name)), contract(...after.filter((one) => one.name === name)))),
        );
        parts.push(bumpOf(output(outputBefore, outputAfter)));
        expect(whole).toBe(bumpOf(parts.map((bump) => ({ bump, message: '' }))));
      }),
    );
  });

  test('undoing a minor change is a major one, and nothing else than patches undoes patches', () => {
    fc.assert(
      fc.property(anyContract, anyContract, (before, after) => {
        const [there, back] = [bumpOf(contractChanges(before, after)), bumpOf(contractChanges(after, before))];
        if (there === 'MINOR') expect(back).toBe('MAJOR');
        if (there === 'PATCH') expect(back).toBe('PATCH');
      }),
    );
  });

  test('a way round never asks for less than the direct way', () => {
    const order: VersionBump[] = ['PATCH', 'MINOR', 'MAJOR'];
    fc.assert(
      fc.property(anyContract, anyContract, anyContract, (one, two, three) => {
        const round = Math.max(...[contractChanges(one, two), contractChanges(two, three)].map((changes) => order.indexOf(bumpOf(changes))));
        expect(order.indexOf(bumpOf(contractChanges(one, three)))).toBeLessThanOrEqual(round);
      }),
    );
  });
});
