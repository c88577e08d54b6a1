import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyContent } from '../../../testing/any-content.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { diffContents, type PromptDiff } from './diff.js';
import { type FieldDiff, type ItemDiff } from './item-diff.js';

const content = (changes: Partial<PromptContent> = {}): PromptContent => ({
  kind: 'CHAT',
  messages: [
    { id: 'a', role: 'SYSTEM', content: 'Be kind.' },
    { id: 'b', role: 'USER', content: 'Summarise {{ ticket }}' },
    { id: 'c', role: 'ASSISTANT', content: 'Gladly.' },
  ],
  variables: [{ name: 'ticket', type: 'STRING', description: '', required: true }],
  settings: { model: 'simulated/echo', temperature: 1 },
  tools: [],
  ...changes,
});
const [a, b, c] = content().messages as [PromptContent['messages'][number], PromptContent['messages'][number], PromptContent['messages'][number]];
const places = (diff: PromptDiff) => diff.messages.map(({ id, change, placeBefore, placeAfter }) => `${id} ${change} ${placeBefore ?? '-'}→${placeAfter ?? '-'}`);

describe('messages', () => {
  test('that changed show their lines and roles', () => {
    const diff = diffContents(content(), content({ messages: [{ ...a, role: 'USER', content: 'Be very kind.' }, b, c] }));
    expect(diff.messages[0]).toMatchObject({
      change: 'CHANGED',
      roleBefore: 'SYSTEM',
      roleAfter: 'USER',
      lines: [{ change: 'CHANGED', after: [{ text: 'Be ', changed: false }, { text: 'very ', changed: true }, { text: 'kind.', changed: false }] }],
    });
    expect(places(diff)).toEqual(['a CHANGED 1→1', 'b UNCHANGED 2→2', 'c UNCHANGED 3→3']);
  });

  test('that were moved are as few as can be', () => {
    expect(places(diffContents(content(), content({ messages: [c, a, b] })))).toEqual(['c MOVED 3→1', 'a UNCHANGED 1→2', 'b UNCHANGED 2→3']);
  });

  test('that went stand where they stood, those that came where they stand', () => {
    const added = { id: 'd', role: 'USER' as const, content: 'More' };
    expect(places(diffContents(content(), content({ messages: [a, added] })))).toEqual(['a UNCHANGED 1→1', 'b REMOVED 2→-', 'c REMOVED 3→-', 'd ADDED -→2']);
    expect(places(diffContents(content(), content({ messages: [c] })))).toEqual(['a REMOVED 1→-', 'b REMOVED 2→-', 'c UNCHANGED 3→1']);
  });

  test('that have other ids and nothing else are the same', () => {
    const diff = diffContents(content(), content({ messages: [{ ...a, id: 'b' }, { ...b, id: 'x' }, { ...c, id: 'a' }] }));
    expect(diff.identical).toBe(true);
    expect(diff.messages.map(({ change }) => change)).toEqual(['UNCHANGED', 'UNCHANGED', 'UNCHANGED']);
  });
});

test('Variables and tools are known by name, with the fields that differ', () => {
  const tool = { name: 'search', description: '', parameters: { type: 'object', properties: { query: { type: 'string' } } } };
  const before = content({ variables: [...content().variables, { name: 'old', type: 'NUMBER', description: '', required: true, minimum: 0 }], tools: [tool] });
  const after = content({
    variables: [{ name: 'new', type: 'STRING', description: '', required: true }, { name: 'ticket', type: 'TEXT', description: 'What is asked', required: true }],
    tools: [{ ...tool, parameters: { type: 'object', properties: { query: { type: 'string', 'a.b': 1 } } } }],
  });
  const diff = diffContents(before, after);
  expect(diff.variables.map(({ name, change }) => `${name} ${change}`)).toEqual(['new ADDED', 'ticket CHANGED', 'old REMOVED']);
  expect(diff.variables[1]?.fields).toEqual([
    { field: 'type', change: 'CHANGED', before: 'STRING', after: 'TEXT' },
    { field: 'description', change: 'CHANGED', before: '', after: 'What is asked' },
  ]);
  expect(diff.variables[2]?.fields).toContainEqual({ field: 'minimum', change: 'REMOVED', before: 0, after: null });
  expect(diff.tools).toEqual([{ name: 'search', change: 'CHANGED', fields: [{ field: 'parameters.properties.query.["a.b"]', change: 'ADDED', before: null, after: 1 }] }]);
});

test('Variables that only changed places say so', () => {
  const [ticket] = content().variables;
  const other = { ...ticket!, name: 'other' };
  const diff = diffContents(content({ variables: [ticket!, other] }), content({ variables: [other, ticket!] }));
  expect(diff.identical).toBe(false);
  expect(diff.variables).toEqual([{ name: expect.any(String), change: 'MOVED', fields: [] }]);
});

test('Settings are compared field by field, the output schema by path, down to what is no object', () => {
  const diff = diffContents(content(), content({ settings: { model: 'simulated/echo', topP: 0.5 }, outputSchema: { type: 'object', properties: { title: { type: 'string', enum: ['x'] } } } }));
  expect(diff.settings).toEqual([
    { field: 'temperature', change: 'REMOVED', before: 1, after: null },
    { field: 'topP', change: 'ADDED', before: null, after: 0.5 },
  ]);
  expect(diff.outputSchema).toEqual([
    { field: 'type', change: 'ADDED', before: null, after: 'object' },
    { field: 'properties.title.type', change: 'ADDED', before: null, after: 'string' },
    { field: 'properties.title.enum', change: 'ADDED', before: null, after: ['x'] },
  ]);
  expect(diff).toMatchObject({ bump: 'MAJOR', contract: [{ message: 'The output has a schema now; before, every text would do.' }] });
});

test('A place where an object took the place of something else tells both', () => {
  const diff = diffContents(content({ outputSchema: { additionalProperties: false } }), content({ outputSchema: { additionalProperties: { type: 'string' } } }));
  expect(diff.outputSchema).toEqual([
    { field: 'additionalProperties', change: 'REMOVED', before: false, after: null },
    { field: 'additionalProperties.type', change: 'ADDED', before: null, after: 'string' },
  ]);
});

describe('laws', () => {
  const isQuiet = ({ messages, variables, tools, settings, outputSchema }: PromptDiff) =>
    messages.every(({ change }) => change === 'UNCHANGED') && [variables, tools, settings, outputSchema].every((part) => part.length === 0);

  test('a content does not differ from itself, and what does not differ is the same', () => {
    fc.assert(
      fc.property(anyContent(), anyContent(), (one, other) => {
        expect(diffContents(one, one)).toMatchObject({ identical: true, bump: 'PATCH', contract: [] });
        expect(isQuiet(diffContents(one, structuredClone(one)))).toBe(true);
        const diff = diffContents(one, other);
        expect(diff.identical).toBe(hashOfContent(one) === hashOfContent(other));
        expect(isQuiet(diff)).toBe(diff.identical);
      }),
    );
  });

  test('both contents’ messages can be read out of it, in their order', () => {
    const textOf = ({ lines }: PromptDiff['messages'][number], side: 'before' | 'after') =>
      lines.flatMap((line) => (line[side] ? [line[side].map(({ text }) => text).join('')] : [])).join('\n');
    fc.assert(
      fc.property(anyContent(), anyContent(), (before, after) => {
        const { messages } = diffContents(before, after);
        const read = (place: 'placeBefore' | 'placeAfter', role: 'roleBefore' | 'roleAfter', side: 'before' | 'after') =>
          messages.filter((message) => message[place] !== null).sort((one, other) => one[place]! - other[place]!).map((message) => ({ role: message[role], content: textOf(message, side) }));
        const plain = ({ messages: all }: PromptContent) => all.map(({ role, content: text }) => ({ role, content: text }));
        expect(read('placeBefore', 'roleBefore', 'before')).toEqual(plain(before));
        expect(read('placeAfter', 'roleAfter', 'after')).toEqual(plain(after));
      }),
    );
  });

  test('from the other side it is the same difference, turned round', () => {
    const turned = { ADDED: 'REMOVED', REMOVED: 'ADDED', CHANGED: 'CHANGED', MOVED: 'MOVED', UNCHANGED: 'UNCHANGED' } as const;
    const byName = <Named>(nameOf: (item: Named) => string, items: readonly Named[]) => Object.fromEntries(items.map((item) => [nameOf(item), item]));
    const turnFields = (fields: readonly FieldDiff[]) =>
      // A place may tell twice: what went, and what came in it.
      byName(({ field, change }) => `${field} ${change}`, fields.map(({ field, change, before, after }) => ({ field, change: turned[change], before: after, after: before })));
    const turnItems = (items: readonly ItemDiff[]) => byName(({ name }) => name, items.map(({ name, change, fields }) => ({ name, change: turned[change], fields: turnFields(fields) })));
    const plainItems = (items: readonly ItemDiff[]) => byName(({ name }) => name, items.map(({ name, change, fields }) => ({ name, change, fields: byName(({ field, change: kind }) => `${field} ${kind}`, fields) })));
    fc.assert(
      fc.property(anyContent(), anyContent(), (one, other) => {
        const [there, back] = [diffContents(one, other), diffContents(other, one)];
        if (!there.identical) {
          const signs = (diff: PromptDiff, turn: boolean) =>
            diff.messages.map(({ id, change, placeBefore, placeAfter }) => (turn ? [id, turned[change], placeAfter, placeBefore] : [id, change, placeBefore, placeAfter]).join()).sort();
          expect(signs(there, true)).toEqual(signs(back, false));
        }
        expect(turnItems(there.variables)).toEqual(plainItems(back.variables));
        expect(turnItems(there.tools)).toEqual(plainItems(back.tools));
        expect(turnFields(there.settings)).toEqual(byName(({ field, change }) => `${field} ${change}`, back.settings));
        expect(turnFields(there.outputSchema)).toEqual(byName(({ field, change }) => `${field} ${change}`, back.outputSchema));
      }),
    );
  });

  test('two contents with 200 long messages are compared in a moment', () => {
    const long = (seed: number) => content({ messages: Array.from({ length: 200 }, (_, index) => ({ id: String((index * seed) % 211), role: 'USER' as const, content: `${'a line of words\n'.repeat(20)}${seed} ${index}` })) });
    const start = performance.now();
    diffContents(long(1), long(3));
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
