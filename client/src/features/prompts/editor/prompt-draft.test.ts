import { expect, test } from '@jest/globals';
import { contentOf, draftOf, emptyDraft, moved, newMessage, sameContent } from './prompt-draft';

const version = {
  messages: [
    { role: 'SYSTEM' as const, content: 'Be brief.' },
    { role: 'USER' as const, content: '{{ text }}' },
  ],
  settings: { model: 'simulated/extract', temperature: null, topP: 0.9, maxOutputTokens: null },
};

test('a draft of a version is the same as that version until it is changed', () => {
  const draft = draftOf(version);
  expect(sameContent(draft, draftOf(version))).toBe(true);
  expect(sameContent({ ...draft, settings: { ...draft.settings, temperature: 0 } }, draft)).toBe(false);
});

test('a setting that the editor does not show is kept', () => {
  expect(contentOf(draftOf(version)).settings.topP).toBe(0.9);
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
