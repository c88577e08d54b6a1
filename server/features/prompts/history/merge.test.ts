import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { anyContent } from '../../../testing/any-content.js';
import { hashOfContent, type PromptContent, promptContentSchema, type PromptMessage, type PromptVariable } from '../content/content.js';
import { mergeContents } from './merge.js';
import { type MergeResolution, type MergeSide } from './merge-conflict.js';
import { mergeText, textOf } from './merge-text.js';

const message = (id: string, content: string, role: PromptMessage['role'] = 'USER'): PromptMessage => ({ id, role, content });
const variable = (changes: Partial<PromptVariable> = {}): PromptVariable => ({ name: 'topic', type: 'STRING', description: '', required: true, ...changes });
const content = (changes: Partial<PromptContent> = {}): PromptContent => ({
  kind: 'CHAT',
  messages: [message('a', 'Be kind.', 'SYSTEM'), message('b', 'Summarise {{ topic }} in one line.'), message('c', 'Gladly.', 'ASSISTANT')],
  variables: [variable()],
  settings: { model: 'simulated/echo', temperature: 1 },
  tools: [],
  ...changes,
});
const base = content();
const [a, b, c] = base.messages as [PromptMessage, PromptMessage, PromptMessage];
const d = message('d', 'More.');

const merge = (ours: Partial<PromptContent>, theirs: Partial<PromptContent>, resolutions: readonly MergeResolution[] = [], from: Partial<PromptContent> = {}) =>
  mergeContents(content(from), content({ ...from, ...ours }), content({ ...from, ...theirs }), resolutions);
const take = (side: MergeSide, conflictId: string, value?: unknown): MergeResolution[] => [{ conflictId, take: side, value }];
const textsOf = ({ messages }: PromptContent) => messages.map(({ id, content: text }) => `${id}: ${text}`);
const withTexts = (...messages: PromptMessage[]): Partial<PromptContent> => ({ messages });

describe('the text of a message', () => {
  const textOfB = (text: string) => withTexts(a, { ...b, content: text }, c);

  test('merges word by word', () => {
    const { content: merged, conflicts } = merge(textOfB('Summarise {{ topic }} in two lines.'), textOfB('Please sum up {{ topic }} in one line.'));
    expect(conflicts).toEqual([]);
    expect(textsOf(merged)[1]).toBe('b: Please sum up {{ topic }} in two lines.');
  });

  test('that both changed differently at one place is a conflict there alone, with what stands around it', () => {
    const ours = textOfB('Summarise {{ topic }} in two lines.');
    const theirs = textOfB('Summarise {{ topic }} in three lines.');
    const { content: merged, conflicts, unresolved } = merge(ours, theirs);
    expect(conflicts).toEqual([
      { id: 'messages/b/text/1', kind: 'MESSAGE_TEXT', target: 'Message 2 (user)', base: 'one line', ours: 'two lines', theirs: 'three lines', leading: 'Summarise {{ topic }} in ', trailing: '.' },
    ]);
    expect(unresolved).toEqual(['messages/b/text/1']);
    expect(textsOf(merged)[1]).toBe('b: Summarise {{ topic }} in two lines.');
    const settled = (...resolutions: MergeResolution[]) => textsOf(merge(ours, theirs, resolutions).content)[1];
    expect(settled(...take('BASE', 'messages/b/text/1'))).toBe('b: Summarise {{ topic }} in one line.');
    expect(settled(...take('THEIRS', 'messages/b/text/1'))).toBe('b: Summarise {{ topic }} in three lines.');
    expect(settled(...take('CUSTOM', 'messages/b/text/1', 'two or three lines'))).toBe('b: Summarise {{ topic }} in two or three lines.');
    expect(merge(ours, theirs, take('CUSTOM', 'messages/b/text/1', 7)).problems).toEqual([{ conflictId: 'messages/b/text/1', message: 'Give the text that stands here.' }]);
    expect(merge(ours, theirs, take('THEIRS', 'messages/b/text/2')).unresolved).toEqual(['messages/b/text/1']);
  });

  test('has its conflicts settled one by one', () => {
    const from = withTexts(message('b', 'one and two'));
    const sides = [withTexts(message('b', 'uno and dos')), withTexts(message('b', 'eins and zwei')), [...take('THEIRS', 'messages/b/text/1'), ...take('OURS', 'messages/b/text/2')], from] as const;
    expect(textsOf(merge(...sides).content)).toEqual(['b: eins and dos']);
  });

  test('that both changed in the same way is taken once', () => {
    const same = textOfB('Summarise {{ topic }}.');
    expect(textsOf(merge(same, same).content)[1]).toBe('b: Summarise {{ topic }}.');
    expect(merge(same, same).conflicts).toEqual([]);
  });

  test('that one side wrote at the place where the other wrote is a conflict, elsewhere it is none', () => {
    expect(mergeText('a\nb\n', 'a\nours\nb\n', 'a\ntheirs\nb\n')).toContainEqual({ base: '', ours: 'ours\n', theirs: 'theirs\n' });
    expect(textOf(mergeText('a\nb\n', 'ours\na\nb\n', 'a\nb\ntheirs\n'))).toBe('ours\na\nb\ntheirs\n');
  });

  test('of a placeholder is a name, which is merged as a whole', () => {
    const placeholder = (name: string) => withTexts(message('p', name, 'PLACEHOLDER'));
    expect(merge(placeholder('long_history'), placeholder('history_short'), [], placeholder('history')).conflicts).toMatchObject([{ base: 'history', ours: 'long_history', theirs: 'history_short' }]);
    expect(textsOf(merge(placeholder('history'), placeholder('past'), [], placeholder('history')).content)).toEqual(['p: past']);
  });

  test('of a text prompt is one message, whatever its id', () => {
    const text = (id: string, words: string) => ({ kind: 'TEXT' as const, messages: [message(id, words)] });
    expect(textsOf(merge(text('x', 'One two.'), text('y', 'one two!'), [], text('m1', 'one two.')).content)).toEqual(['m1: One two!']);
  });
});

describe('a message', () => {
  test('that one side removed and the other left alone is gone', () => {
    expect(textsOf(merge(withTexts(a, c), {}).content)).toEqual(['a: Be kind.', 'c: Gladly.']);
    expect(textsOf(merge({}, withTexts(a, c)).content)).toEqual(['a: Be kind.', 'c: Gladly.']);
  });

  test('that one side removed and the other edited is a conflict', () => {
    const edited = { ...b, content: 'Sum up.' };
    const { conflicts, content: merged } = merge(withTexts(a, c), withTexts(a, edited, c));
    expect(conflicts).toMatchObject([{ id: 'messages/b/removed', kind: 'MESSAGE_REMOVED', target: 'Message 2 (user)', base: { role: 'USER', content: b.content }, ours: null, theirs: { role: 'USER', content: 'Sum up.' } }]);
    expect(textsOf(merged)).toEqual(['a: Be kind.', 'c: Gladly.']);
    const settled = (resolutions: MergeResolution[]) => textsOf(merge(withTexts(a, c), withTexts(a, edited, c), resolutions).content);
    expect(settled(take('THEIRS', 'messages/b/removed'))).toEqual(['a: Be kind.', 'b: Sum up.', 'c: Gladly.']);
    expect(settled(take('BASE', 'messages/b/removed'))).toEqual(['a: Be kind.', `b: ${b.content}`, 'c: Gladly.']);
    expect(settled(take('CUSTOM', 'messages/b/removed', { role: 'SYSTEM', content: 'Sum!' }))).toEqual(['a: Be kind.', 'b: Sum!', 'c: Gladly.']);
    expect(settled(take('CUSTOM', 'messages/b/removed', null))).toEqual(['a: Be kind.', 'c: Gladly.']);
    expect(merge(withTexts(a, c), withTexts(a, edited, c), take('CUSTOM', 'messages/b/removed', { role: 'KING', content: 'x' })).problems).toHaveLength(1);
  });

  test('has its role merged beside its text', () => {
    const { content: merged, conflicts } = merge(withTexts({ ...a, role: 'USER' }, b, c), withTexts({ ...a, content: 'Be very kind.' }, b, c));
    expect(conflicts).toEqual([]);
    expect(merged.messages[0]).toEqual({ id: 'a', role: 'USER', content: 'Be very kind.' });
    const both = merge(withTexts({ ...a, role: 'USER' }, b, c), withTexts({ ...a, role: 'ASSISTANT' }, b, c), take('THEIRS', 'messages/a/role'));
    expect(both.conflicts).toMatchObject([{ id: 'messages/a/role', kind: 'MESSAGE_ROLE', base: 'SYSTEM', ours: 'USER', theirs: 'ASSISTANT' }]);
    expect(both.content.messages[0]?.role).toBe('ASSISTANT');
  });

  test('that became a placeholder while its text was edited is a conflict as a whole', () => {
    const { conflicts } = merge(withTexts(a, { ...b, role: 'PLACEHOLDER', content: 'history' }, c), withTexts(a, { ...b, content: 'Sum up.' }, c));
    expect(conflicts).toMatchObject([{ id: 'messages/b/removed', ours: { role: 'PLACEHOLDER', content: 'history' }, theirs: { role: 'USER', content: 'Sum up.' } }]);
  });
});

describe('the order of messages', () => {
  const order = (ours: PromptMessage[], theirs: PromptMessage[], resolutions: MergeResolution[] = []) => merge(withTexts(...ours), withTexts(...theirs), resolutions).content.messages.map(({ id }) => id).join('');

  test('has what both sides added, each behind what it follows, and ours first at one place', () => {
    const e = message('e', 'Other.');
    expect(order([d, a, b, c], [a, b, c, e])).toBe('dabce');
    expect(order([a, d, b, c], [a, b, e, c])).toBe('adbec');
    expect(order([a, d, b, c], [a, e, b, c])).toBe('adebc');
  });

  test('has what one side moved at its new place, also where the other side added', () => {
    expect(order([c, a, b], [a, b, c])).toBe('cab');
    expect(order([a, b, c], [b, c, a])).toBe('bca');
    expect(order([c, a, b], [a, d, b, c])).toBe('cadb');
    expect(order([b, c, a], [c, a, b])).toBe('cba');
  });

  test('is a conflict where what both sides moved leads in a circle', () => {
    const { conflicts } = merge(withTexts(b, a, c), withTexts(a, c, b));
    expect(conflicts).toEqual([{ id: 'messages/order', kind: 'MESSAGE_ORDER', target: 'The order of the messages', base: ['a', 'b', 'c'], ours: ['b', 'a', 'c'], theirs: ['a', 'c', 'b'], leading: null, trailing: null }]);
    expect(order([b, a, c], [a, c, b])).toBe('bac');
    expect(order([b, a, c], [a, c, b], take('THEIRS', 'messages/order'))).toBe('acb');
    expect(order([b, a, c], [a, c, b], take('CUSTOM', 'messages/order', ['c', 'b', 'a']))).toBe('cba');
    expect(merge(withTexts(b, a, c), withTexts(a, c, b), take('CUSTOM', 'messages/order', ['c', 'c', 'a'])).problems).toEqual([{ conflictId: 'messages/order', message: 'Give the ids of the same messages, each once.' }]);
  });
});

describe('a variable', () => {
  const merged = (ours: PromptVariable[], theirs: PromptVariable[], resolutions: MergeResolution[] = [], from = [variable()]) => merge({ variables: ours }, { variables: theirs }, resolutions, { variables: from });

  test('is merged field by field', () => {
    const { content: result, conflicts } = merged([variable({ description: 'What it is about' })], [variable({ required: false, maxLength: 5 })]);
    expect(conflicts).toEqual([]);
    expect(result.variables).toEqual([variable({ description: 'What it is about', required: false, maxLength: 5 })]);
  });

  test('is a conflict in the field that both changed', () => {
    const sides = [[variable({ maxLength: 5 })], [variable({ maxLength: 9 })]] as const;
    const { conflicts } = merged([...sides[0]], [...sides[1]]);
    expect(conflicts).toMatchObject([{ id: 'variables/topic/maxLength', kind: 'VARIABLE', target: 'Variable topic: maxLength', base: null, ours: 5, theirs: 9 }]);
    const lengthOf = (resolutions: MergeResolution[]) => merged([...sides[0]], [...sides[1]], resolutions).content.variables[0]?.maxLength;
    expect([lengthOf(take('THEIRS', 'variables/topic/maxLength')), lengthOf(take('CUSTOM', 'variables/topic/maxLength', 7)), lengthOf(take('BASE', 'variables/topic/maxLength'))]).toEqual([9, 7, undefined]);
    expect(merged([...sides[0]], [...sides[1]], take('CUSTOM', 'variables/topic/maxLength', 'long')).problems).toEqual([{ conflictId: 'variables/topic/maxLength', message: 'Give a whole number.' }]);
  });

  test('is a conflict as a whole where its fields would not fit together', () => {
    expect(merged([variable({ maxLength: 3 })], [variable({ defaultValue: 'long' })]).conflicts).toMatchObject([{ id: 'variables/topic', ours: { maxLength: 3 }, theirs: { defaultValue: 'long' } }]);
    expect(merged([variable({ type: 'NUMBER' })], [variable({ maxLength: 3 })]).conflicts).toMatchObject([{ id: 'variables/topic' }]);
    expect(merged([variable({ maxLength: 3 })], [variable({ minLength: 5 })]).conflicts).toMatchObject([{ id: 'variables/topic' }]);
    expect(merged([variable({ pattern: 'x' })], [variable({ sample: 'y' })]).conflicts).toMatchObject([{ id: 'variables/topic' }]);
  });

  test('that one side removed and the other changed is a conflict', () => {
    const { conflicts, content: result } = merged([], [variable({ maxLength: 9 })], take('CUSTOM', 'variables/topic', { ...variable(), maxLength: 4 }));
    expect(conflicts).toMatchObject([{ id: 'variables/topic', ours: null, theirs: { name: 'topic', maxLength: 9 } }]);
    expect(result.variables).toEqual([variable({ maxLength: 4 })]);
    expect(merged([], [variable({ maxLength: 9 })], take('CUSTOM', 'variables/topic', variable({ name: 'other' }))).problems).toEqual([{ conflictId: 'variables/topic', message: 'Keep the name topic.' }]);
  });

  test('has the choices that either side added, without those that either took out', () => {
    const choice = (...allowedValues: string[]) => variable({ type: 'CHOICE', allowedValues });
    expect(merged([choice('a', 'b', 'c')], [choice('b', 'd')], [], [choice('a', 'b')]).content.variables).toEqual([choice('b', 'c', 'd')]);
  });

  test('that both added in the same way is there once, in different ways it is a conflict', () => {
    expect(merged([variable()], [variable()], [], []).content.variables).toEqual([variable()]);
    expect(merged([variable()], [variable({ type: 'TEXT' })], [], []).conflicts).toMatchObject([{ id: 'variables/topic', base: null }]);
  });
});

test('Settings are merged one by one', () => {
  const { content: merged, conflicts } = merge({ settings: { model: 'simulated/echo', temperature: 0, topP: 0.5 } }, { settings: { model: 'simulated/extract' } });
  expect(merged.settings).toEqual({ model: 'simulated/extract', temperature: 0, topP: 0.5 });
  expect(conflicts).toMatchObject([{ id: 'settings/temperature', kind: 'SETTING', base: 1, ours: 0, theirs: null }]);
  const custom = (value: unknown) => merge({ settings: { model: 'simulated/a' } }, { settings: { model: 'simulated/b' } }, take('CUSTOM', 'settings/model', value));
  expect(custom('simulated/c').content.settings.model).toBe('simulated/c');
  expect(custom(null).problems).toHaveLength(1);
});

test('Tools and the output schema are merged as deep as they go', () => {
  const schema = (properties: object, required: string[]) => ({ type: 'object', properties, required });
  const [title, score, mood] = [{ title: { type: 'string' } }, { score: { type: 'number' } }, { mood: { type: 'string' } }];
  const from = { outputSchema: schema(title, ['title']), tools: [{ name: 'search', description: '', parameters: schema(title, []) }] };
  const ours = { outputSchema: schema({ ...title, ...score }, ['title', 'score']), tools: [{ name: 'search', description: 'Finds', parameters: schema({ ...title, ...score }, []) }] };
  const theirs = { outputSchema: schema({ ...title, ...mood }, ['mood']), tools: [{ name: 'search', description: '', parameters: schema({ title: { type: 'number' } }, []) }] };
  const { content: merged, conflicts } = merge(ours, theirs, [], from);
  expect(conflicts).toEqual([]);
  expect(merged.outputSchema).toEqual(schema({ ...title, ...score, ...mood }, ['score', 'mood']));
  expect(merged.tools).toEqual([{ name: 'search', description: 'Finds', parameters: schema({ title: { type: 'number' }, ...score }, []) }]);

  const clash = merge({ ...from, outputSchema: schema({ title: { type: 'number' } }, ['title']) }, { ...from, outputSchema: schema({ title: { type: 'boolean' } }, ['title']), tools: [] }, take('CUSTOM', 'outputSchema/properties.title.type', 'integer'), from);
  expect(clash.conflicts).toMatchObject([{ id: 'outputSchema/properties.title.type', kind: 'OUTPUT_SCHEMA', target: 'Output schema: properties.title.type', base: 'string', ours: 'number', theirs: 'boolean' }]);
  expect(clash.content).toMatchObject({ outputSchema: schema({ title: { type: 'integer' } }, ['title']), tools: [] });
  expect(merge({}, { outputSchema: schema(mood, []) }, [], { outputSchema: schema(title, []) }).conflicts).toEqual([]);
  expect(merge({ outputSchema: undefined }, { outputSchema: schema(mood, []) }, [], { outputSchema: schema(title, []) }).conflicts).toMatchObject([{ id: 'outputSchema', ours: null }]);
});

describe('laws', () => {
  const any = fc.constantFrom('CHAT' as const, 'TEXT' as const).chain((kind) => fc.tuple(anyContent(kind), anyContent(kind), anyContent(kind)));
  // Merging knows messages by their ids; a hash does not.
  const same = (one: PromptContent, other: PromptContent) => {
    expect(hashOfContent(one)).toBe(hashOfContent(other));
    if (one.kind === 'CHAT') expect(one.messages).toEqual(other.messages);
  };

  test('merging nothing changes nothing', () => {
    fc.assert(
      fc.property(any, ([one, other]) => {
        for (const [from, ours, theirs, result] of [[one, other, one, other], [one, one, other, other], [one, other, other, other], [one, one, one, one]] as const) {
          const merged = mergeContents(from, ours, theirs);
          expect(merged.conflicts).toEqual([]);
          same(merged.content, result);
        }
      }),
    );
  });

  test('it makes no difference which side a change comes from, unless both added at one place', () => {
    fc.assert(
      fc.property(any, ([from, ours, theirs]) => {
        const [there, back] = [mergeContents(from, ours, theirs), mergeContents(from, theirs, ours)];
        const turned = ({ id, kind, base: was, ours: one, theirs: other }: (typeof there.conflicts)[number], turn: boolean) => ({ id, kind, was, one: turn ? other : one, other: turn ? one : other });
        const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1);
        expect(there.conflicts.map((conflict) => turned(conflict, false)).sort(byId)).toEqual(back.conflicts.map((conflict) => turned(conflict, true)).sort(byId));
        if (there.conflicts.length > 0) return;
        const byKey = ({ messages, variables, tools, ...rest }: PromptContent) => ({
          ...rest,
          messages: Object.fromEntries(messages.map((item) => [item.id, item])),
          variables: Object.fromEntries(variables.map(({ allowedValues, ...item }) => [item.name, { ...item, allowedValues: [...(allowedValues ?? [])].sort() }])),
          tools: Object.fromEntries(tools.map(({ parameters, ...item }) => [item.name, { ...item, parameters: { ...parameters, required: undefined } }])),
          outputSchema: { ...rest.outputSchema, required: undefined },
        });
        expect(byKey(there.content)).toEqual(byKey(back.content));
      }),
    );
  });

  test('whatever is decided, what comes of it is a content', () => {
    const sides = fc.constantFrom<MergeSide>('BASE', 'OURS', 'THEIRS');
    fc.assert(
      fc.property(any, fc.infiniteStream(sides), ([from, ours, theirs], decisions) => {
        const { conflicts } = mergeContents(from, ours, theirs);
        const resolutions = conflicts.map(({ id }): MergeResolution => ({ conflictId: id, take: decisions.next().value as MergeSide }));
        const { content: merged, unresolved, conflicts: after } = mergeContents(from, ours, theirs, resolutions);
        expect(unresolved).toEqual([]);
        expect(after).toEqual(conflicts);
        expect(() => promptContentSchema.parse(merged)).not.toThrow();
        expect(new Set(merged.messages.map(({ id }) => id)).size).toBe(merged.messages.length);
      }),
    );
  });

  test('deciding for one side everywhere gives that side, where both changed the same things', () => {
    fc.assert(
      fc.property(any, ([from, ours, theirs]) => {
        const { conflicts } = mergeContents(from, ours, theirs);
        const decided = (side: MergeSide) => mergeContents(from, ours, theirs, conflicts.map(({ id }) => ({ conflictId: id, take: side })));
        expect(decided('OURS').content).toEqual(mergeContents(from, ours, theirs).content);
        for (const { id } of ours.messages) {
          const [was, mine, other] = [from, ours, theirs].map(({ messages }) => messages.find((one) => one.id === id));
          // What only one side touched is taken from it, whichever side wins the conflicts.
          if (from.kind === 'CHAT' && JSON.stringify(was) === JSON.stringify(other)) for (const side of ['OURS', 'THEIRS'] as const) expect(decided(side).content.messages.find((one) => one.id === id)).toEqual(mine);
        }
      }),
    );
  });

  test('no change is lost without a word: each is in the result or in a conflict', () => {
    fc.assert(
      fc.property(any, ([from, ours, theirs]) => {
        const { content: merged, conflicts } = mergeContents(from, ours, theirs);
        const isTold = (prefix: string) => conflicts.some(({ id }) => id === prefix || id.startsWith(`${prefix}/`));
        const check = <Item>(prefix: string, listOf: (content: PromptContent) => readonly Item[], keyOf: (item: Item) => string) => {
          const find = (where: PromptContent, key: string) => listOf(where).find((item) => keyOf(item) === key);
          for (const side of [ours, theirs]) {
            const other = side === ours ? theirs : ours;
            for (const key of new Set([from, ours, theirs].flatMap((where) => listOf(where).map(keyOf)))) {
              const [was, is, there, came] = [find(from, key), find(side, key), find(other, key), find(merged, key)];
              if (JSON.stringify(was) === JSON.stringify(is)) continue;
              // Where the other side left it alone, the change is there as it was made; where it was removed, it is gone unless the other side changed it.
              if (JSON.stringify(was) === JSON.stringify(there)) expect(came).toEqual(is);
              else if (!is || !there) expect(isTold(`${prefix}/${key}`) || (!is && !there && !came) || JSON.stringify(is) === JSON.stringify(there)).toBe(true);
            }
          }
        };
        if (from.kind === 'CHAT') check('messages', ({ messages }) => messages, ({ id }) => id);
        check('variables', ({ variables }) => variables, ({ name }) => name);
        check('tools', ({ tools }) => tools, ({ name }) => name);
        for (const side of [ours, theirs]) {
          for (const field of ['model', 'temperature', 'stopSequences'] as const) {
            const changed = JSON.stringify(side.settings[field]) !== JSON.stringify(from.settings[field]);
            if (changed) expect(isTold(`settings/${field}`) || JSON.stringify(merged.settings[field]) === JSON.stringify(side.settings[field])).toBe(true);
          }
        }
      }),
    );
  });

  test('every word that a side wrote is in the merged text or in a conflict', () => {
    // Words that stand nowhere else, so that they can be found again.
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '\n', '.'), { maxLength: 15 });
    const edits = fc.array(fc.nat({ max: 14 }), { maxLength: 4 });
    fc.assert(
      fc.property(text, edits, edits, (words, ourPlaces, theirPlaces) => {
        const write = (places: readonly number[], word: string) => words.flatMap((old, place) => (places.includes(place) ? [`${word}${place}`] : [old])).join(' ');
        const [ours, theirs] = [write(ourPlaces, 'ours'), write(theirPlaces, 'theirs')];
        const pieces = mergeText(words.join(' '), ours, theirs);
        const said = pieces.map((piece) => ('text' in piece ? piece.text : `${piece.ours} ${piece.theirs}`)).join(' ');
        for (const [word] of [...ours.matchAll(/ours\d+/g), ...theirs.matchAll(/theirs\d+/g)]) expect(said).toContain(word);
        const readAs = (side: 'ours' | 'theirs') => pieces.map((piece) => ('text' in piece ? piece.text : piece[side])).join('');
        // Whichever side wins, what it wrote is all there.
        for (const [word] of ours.matchAll(/ours\d+/g)) expect(readAs('ours')).toContain(word);
        for (const [word] of theirs.matchAll(/theirs\d+/g)) expect(readAs('theirs')).toContain(word);
      }),
    );
  });

  test('every two messages that a side turned round stand as it has them, unless their order is a conflict', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const orders = fc.shuffledSubarray(ids, { minLength: ids.length });
    fc.assert(
      fc.property(orders, orders, (one, other) => {
        const put = (order: readonly string[]) => withTexts(...order.map((id) => message(id, id)));
        const { content: merged, conflicts } = mergeContents(content(put(ids)), content(put(one)), content(put(other)));
        if (conflicts.length > 0) return;
        const result = merged.messages.map(({ id }) => id);
        for (const order of [one, other]) {
          for (const x of ids) for (const y of ids) if (x < y && order.indexOf(x) > order.indexOf(y)) expect(result.indexOf(x)).toBeGreaterThan(result.indexOf(y));
        }
      }),
    );
  });
});

test('200 messages that both sides edited, moved and added to are merged within 50 ms', () => {
  const sentence = (index: number) => `You are an assistant for team ${index}.\nAnswer {{ question }} in ${index} short lines, politely.\nNever speak of prices.\n`.repeat(3);
  const from = content({ messages: Array.from({ length: 200 }, (_, index) => message(`m${index}`, sentence(index))) });
  const edit = (step: number, word: string) => {
    const messages = from.messages.map((one, index) => (index % step === 0 ? { ...one, content: one.content.replaceAll('politely', word).replace('prices', `${word} prices`) } : one));
    const moved = messages.splice(step * 3, 5);
    return content({ ...from, messages: [...messages.slice(0, 50), message(`new-${word}`, word), ...messages.slice(50), ...moved] });
  };
  const [ours, theirs] = [edit(2, 'kindly'), edit(3, 'warmly')];
  const times = Array.from({ length: 9 }, () => {
    const start = process.cpuUsage();
    expect(mergeContents(from, ours, theirs).conflicts.length).toBeGreaterThan(0);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }).sort((one, other) => one - other);
  // Twice the promise: other tests run on the same machine.
  expect(times[4]).toBeLessThan(100);
});
