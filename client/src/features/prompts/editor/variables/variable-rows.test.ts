import { describe, expect, test } from '@jest/globals';
import { emptyDraft, newMessage, newVariable, type DraftMessage, type DraftVariable } from '../prompt-draft';
import { typeProblem } from '../template/needed-shape';
import { parseTemplate } from '../template/template-parser';
import { renameVariable } from '../template/template-rename';
import { isUnused, variableRows, withRenamedVariable, withVariable, type IncludedVariables } from './variable-rows';
import { limitsOf, retyped } from './variable-type';

const rowsOf = (messages: DraftMessage[], declared: DraftVariable[] = [], included: IncludedVariables[] = []) =>
  variableRows(messages, declared, new Map(messages.filter(({ role }) => role !== 'PLACEHOLDER').map(({ key, content }) => [key, parseTemplate(content)])), included);

describe('the variables of a draft', () => {
  test('are those declared and those found, as they are used, each with its places', () => {
    const message = newMessage('USER', '{{ b }} {{ a }} {{ b }}');
    const rows = rowsOf([message], [newVariable('a'), newVariable('old')]);
    expect(rows.map(({ variable, declared, places }) => [variable.name, declared, places.length])).toEqual([['b', false, 2], ['a', true, 1], ['old', true, 0]]);
    expect(rows.filter(isUnused).map(({ variable }) => variable.name)).toEqual(['old']);
    expect(rows[1]?.places).toEqual([{ messageKey: message.key, from: 11, to: 12 }]);
  });

  test('a placeholder’s is a list of messages', () => {
    expect(rowsOf([newMessage('PLACEHOLDER', 'history')])).toMatchObject([{ variable: { name: 'history', type: 'MESSAGES' }, places: [{ from: 0, to: 7 }] }]);
  });

  test('what an included prompt asks for is used', () => {
    const included = [{ path: 'shared/tone', variables: [{ ...newVariable('tone'), type: 'CHOICE' as const, required: false, allowedValues: ['calm'] }] }];
    expect(rowsOf([newMessage('USER', 'x')], [], included)).toMatchObject([{ variable: { name: 'tone', type: 'CHOICE', required: false, allowedValues: ['calm'] }, declared: false, includedBy: ['shared/tone'] }]);
    expect(rowsOf([newMessage('USER', 'x')], [newVariable('tone')], included).filter(isUnused)).toEqual([]);
  });
});

describe('a variable of which nobody has said more is of the type that its uses need', () => {
  test.each([
    ['{% for item in items %}{{ item.title }}{% endfor %}', { items: 'LIST' }],
    ['{% tablerow item in items %}{{ item }}{% endtablerow %}', { items: 'LIST' }],
    ['{{ items[0] }} {{ items.first.title }} {{ items.last }}', { items: 'LIST' }],
    ['{{ items.size }}{% for item in items %}{% endfor %}', { items: 'LIST' }],
    ['{{ order.id }} {{ user["name"] }}', { order: 'JSON', user: 'JSON' }],
    ['{% for line in order.lines %}{{ line }}{% endfor %}', { order: 'JSON' }],
    ['{% for item in both %}{% endfor %}{{ both.title }}', { both: 'JSON' }],
    ['{{ prices[product] }}', { prices: 'JSON', product: 'STRING' }],
    ['{{ text.size }} {{ text | upcase }} {% if text %}{% endif %}', { text: 'STRING' }],
    ['{% for word in text %}{% endfor %}{% for i in (1..most) %}{% endfor %}', { text: 'LIST', most: 'STRING' }],
    ['{% assign words = text | split: " " %}{% for word in words %}{{ word.size }}{% endfor %}', { text: 'STRING' }],
    ['Hello\n{{ name }}\n\n{%- for item in items -%}\n{{ item }}{% endfor %}', { name: 'STRING', items: 'LIST' }],
  ])('%s', (template, types) => {
    expect(Object.fromEntries(rowsOf([newMessage('USER', template)]).map(({ variable: { name, type } }) => [name, type]))).toEqual(types);
  });

  test('in whichever message', () => {
    expect(rowsOf([newMessage('USER', '{{ order }}'), newMessage('USER', '{{ order.id }}')])).toMatchObject([{ variable: { type: 'JSON' }, places: [{}, {}] }]);
  });
});

test('a declared type that contradicts the use is told of, with the type that fits', () => {
  expect(typeProblem('STRING', 'LIST')).toEqual({ use: 'is used as a list', better: 'LIST' });
  expect(typeProblem('LIST', 'OBJECT')).toEqual({ use: 'has properties', better: 'JSON' });
  expect(typeProblem('NUMBER', 'STRUCTURE')).toEqual({ use: 'has something looked up in it', better: 'JSON' });
  for (const type of ['LIST', 'JSON', 'MESSAGES'] as const) expect(typeProblem(type, 'LIST')).toBeUndefined();
  expect(typeProblem('STRING', undefined)).toBeUndefined();
});

test('saying something of a variable that was found declares it', () => {
  const draft = withVariable(emptyDraft('m'), { ...newVariable('a'), description: 'One' });
  expect(draft.variables).toMatchObject([{ name: 'a', description: 'One' }]);
  expect(withVariable(draft, { ...newVariable('a'), description: 'Other' }).variables).toMatchObject([{ name: 'a', description: 'Other' }]);
});

test('a renamed variable is renamed in all messages, placeholders too', () => {
  const draft = { ...emptyDraft('m'), variables: [newVariable('a'), newVariable('b')], messages: [newMessage('USER', '{{ a }} {{ b }}'), newMessage('PLACEHOLDER', 'a')] };
  const renamed = withRenamedVariable(draft, 'a', 'c', (template) => renameVariable(template, 'a', 'c'));
  expect(renamed.messages.map(({ content }) => content)).toEqual(['{{ c }} {{ b }}', 'c']);
  expect(renamed.variables.map(({ name }) => name)).toEqual(['c', 'b']);
});

describe('another type', () => {
  const text = { ...newVariable('a'), minLength: 1, maxLength: 9, pattern: '^x', sample: '12', defaultValue: 'x' };

  test('keeps what fits it', () => {
    expect(retyped(text, 'TEXT')).toEqual({ ...text, type: 'TEXT' });
    expect(retyped(text, 'NUMBER')).toEqual({ name: 'a', type: 'NUMBER', description: '', required: true, sample: 12 });
    expect(retyped(text, 'LIST')).toEqual({ name: 'a', type: 'LIST', description: '', required: true, minLength: 1, maxLength: 9 });
    expect(retyped(text, 'CHOICE')).toMatchObject({ type: 'CHOICE', allowedValues: [], sample: '12' });
  });

  test('offers only limits that mean something', () => {
    expect(limitsOf('BOOLEAN')).toEqual([]);
    expect(limitsOf('NUMBER')).toEqual(['minimum', 'maximum']);
  });
});
