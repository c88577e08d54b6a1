import { expect, test } from '@jest/globals';
import { contentOf, draftOf, emptyDraft, moved, newMessage, newTool, newVariable, sameContent } from './prompt-draft';

const version = {
  messages: [
    { id: 'm1', role: 'SYSTEM' as const, content: 'Be brief.' },
    { id: 'm2', role: 'USER' as const, content: '{{ text }}' },
  ],
  variables: [
    {
      name: 'text', type: 'TEXT' as const, description: '', required: true, defaultValue: null, sample: 'A story',
      minLength: null, maxLength: 200, minimum: null, maximum: null, pattern: null, allowedValues: null,
    },
  ],
  settings: { model: 'simulated/extract', temperature: null, topP: 0.9, maxOutputTokens: null, seed: null, stopSequences: null },
  tools: [{ name: 'search', description: '', parameters: { type: 'object', properties: {} } }],
  outputSchema: { type: 'object' },
};

test('a draft of a version is the same as that version until it is changed', () => {
  const draft = draftOf(version);
  expect(sameContent(draft, draftOf(version))).toBe(true);
  expect(sameContent({ ...draft, settings: { ...draft.settings, temperature: 0 } }, draft)).toBe(false);
  expect(sameContent({ ...draft, variables: [...draft.variables, newVariable('other')] }, draft)).toBe(false);
  expect(sameContent({ ...draft, tools: [...draft.tools, newTool()] }, draft)).toBe(false);
  expect(sameContent({ ...draft, outputSchema: null }, draft)).toBe(false);
});

test('messages keep the ids that the API knows them by', () => {
  expect(contentOf(draftOf(version)).messages.map(({ id }) => id)).toEqual(['m1', 'm2']);
});

test('JSON counts by what it says, not by its layout or the order of its fields', () => {
  const draft = draftOf({ ...version, outputSchema: { type: 'object', required: ['a'] } });
  expect(sameContent(draft, { ...draft, outputSchema: '{"required":["a"],"type":"object"}' })).toBe(true);
  expect(contentOf({ ...draft, outputSchema: ' ' }).outputSchema).toBeNull();
});

test('JSON that is half-written survives as the text that it is', () => {
  const draft = { ...draftOf(version), outputSchema: '{ "type": ' };
  const { settings, ...content } = contentOf(draft);
  expect(content.outputSchema).toBe('{ "type": ');
  const kept = draftOf({ ...version, outputSchema: content.outputSchema });
  expect(kept.outputSchema).toBe('{ "type": ');
  expect(settings?.topP).toBe(0.9);
});

test('an absent setting and a null one are the same', () => {
  const draft = emptyDraft('simulated/extract');
  expect(sameContent(draft, { ...draft, settings: { model: 'simulated/extract', temperature: null } })).toBe(true);
});

test('a message moves within the list and nowhere else', () => {
  const [first, second, third] = [newMessage('SYSTEM'), newMessage('USER'), newMessage('ASSISTANT')];
  const messages = [first, second, third];
  expect(moved(messages, 0, 2)).toEqual([second, third, first]);
  expect(moved(messages, 0, -1)).toBe(messages);
  expect(moved(messages, 2, 3)).toBe(messages);
});
