import { expect, test } from '@jest/globals';
import { readLangfuse } from './langfuse.js';

const exported = [
  { name: 'support/Summarise ticket', version: 2, type: 'chat', prompt: [{ role: 'system', content: 'Be brief for {{audience name}}.' }, { type: 'placeholder', name: 'history' }, { role: 'user', content: '{{ticket}}' }], config: { model: 'gpt-4o', temperature: 0.2, colour: 'red' }, labels: ['production', 'latest'], tags: ['support'], commitMessage: 'Briefer' },
  { name: 'support/Summarise ticket', version: 1, type: 'chat', prompt: [{ role: 'user', content: 'Summarise {{ticket}}' }], config: {}, labels: [], tags: [] },
];

test('Versions of one name become one prompt, oldest first, with labels, tags and settings', () => {
  const read = readLangfuse(exported);
  expect(read?.prompts).toEqual([
    expect.objectContaining({
      name: 'Summarise ticket',
      path: 'support/summarise-ticket',
      kind: 'CHAT',
      tags: ['support'],
      versions: [
        expect.objectContaining({ was: 'version 1', message: 'Version 1 in Langfuse', labels: [], messages: [{ role: 'USER', content: 'Summarise {{ ticket }}' }] }),
        expect.objectContaining({
          message: 'Briefer',
          labels: ['production'],
          settings: { model: 'gpt-4o', temperature: 0.2 },
          messages: [
            { role: 'SYSTEM', content: 'Be brief for {{ audience_name }}.' },
            { role: 'PLACEHOLDER', content: 'history' },
            { role: 'USER', content: '{{ ticket }}' },
          ],
        }),
      ],
    }),
  ]);
  expect(read?.problems).toEqual([
    { prompt: 'support/Summarise ticket', message: `Version 2: The variable "audience name" is now audience_name, since templates can't spell it.` },
    { prompt: 'support/Summarise ticket', message: 'Version 2: The setting "colour" of its config has no counterpart here and was left out.' },
  ]);
});

test('One prompt alone, and the pages that the API lists, are read too', () => {
  const one = { name: 'Greeting', prompt: 'Hello {{ name }}', type: 'text' };
  expect(readLangfuse(one)?.prompts[0]?.versions[0]?.messages).toEqual([{ role: 'USER', content: 'Hello {{ name }}' }]);
  expect(readLangfuse({ data: [one], meta: { page: 1 } })?.prompts).toHaveLength(1);
});

test('Prompts that it includes become references by path', () => {
  const read = readLangfuse({ name: 'a', prompt: 'Start @@@langfusePrompt:name=shared/Tone|label=staging@@@ then {{x}}' });
  expect(read?.prompts[0]?.versions[0]?.messages[0]?.content).toBe('Start {% prompt "shared/tone", label: "staging" %} then {{ x }}');
});

test('What only looks like Liquid stays text', () => {
  const read = readLangfuse({ name: 'a', prompt: 'A {% tag %} and {{ x }} and {{}} and {% endraw %}' });
  expect(read?.prompts[0]?.versions[0]?.messages[0]?.content).toBe(
    '{% raw %}A {% tag %} and {% endraw %}{{ x }}{% raw %} and {{}} and {% endraw %}{{ "{% endraw %}" }}',
  );
});

test.each([[null], [[]], ['text'], [{ prompt: 'no name' }], [{ format: 'promptpilot.prompts', version: 1, prompts: [] }]])('%j is no Langfuse export', (document) => {
  expect(readLangfuse(document)).toBeUndefined();
});
