import { expect, test } from '@jest/globals';
import { readOpenAi } from './openai.js';

test('A chat completion body becomes a chat prompt with its settings, tools and output schema', () => {
  const schema = { type: 'object', properties: { title: { type: 'string' } } };
  const read = readOpenAi({
    name: 'Extract title',
    model: 'gpt-4o-mini',
    messages: [
      { role: 'developer', content: 'You extract titles.' },
      { role: 'user', content: [{ type: 'text', text: 'From: {{document}}' }, { type: 'image_url' }] },
      { role: 'tool', content: 'x' },
    ],
    temperature: 0,
    max_completion_tokens: 100,
    stop: '\n',
    tools: [{ type: 'function', function: { name: 'look_up', parameters: schema } }, { type: 'web_search' }],
    response_format: { type: 'json_schema', json_schema: { name: 'title', schema } },
  });
  expect(read?.prompts).toEqual([
    {
      name: 'Extract title',
      description: '',
      kind: 'CHAT',
      tags: [],
      versions: [
        {
          was: 'the prompt',
          message: 'Imported from OpenAI',
          labels: [],
          messages: [
            { role: 'SYSTEM', content: 'You extract titles.' },
            { role: 'USER', content: 'From: {{ document }}' },
          ],
          settings: { model: 'gpt-4o-mini', temperature: 0, maxOutputTokens: 100, stopSequences: ['\n'] },
          tools: [{ name: 'look_up', description: '', parameters: schema }],
          outputSchema: schema,
        },
      ],
    },
  ]);
  expect(read?.problems.map(({ message }) => message)).toEqual([
    'A part of the type "image_url" was left out: prompts hold text.',
    'A message of the role "tool" was left out.',
    'A tool that is no function was left out.',
  ]);
});

test('A body for the Responses API is read with its instructions first', () => {
  const read = readOpenAi({
    id: 'pmpt_1',
    model: 'gpt-5',
    instructions: 'Be kind.',
    input: 'Hello {{name}}',
    max_output_tokens: 50,
    tools: [{ type: 'function', name: 'greet' }],
    text: { format: { type: 'json_schema', schema: { type: 'object' } } },
  });
  expect(read?.prompts[0]?.name).toBe('pmpt_1');
  expect(read?.prompts[0]?.versions[0]).toMatchObject({
    messages: [
      { role: 'SYSTEM', content: 'Be kind.' },
      { role: 'USER', content: 'Hello {{ name }}' },
    ],
    settings: { model: 'gpt-5', maxOutputTokens: 50 },
    tools: [{ name: 'greet', description: '', parameters: { type: 'object', properties: {} } }],
    outputSchema: { type: 'object' },
  });
});

test.each([[null], [[]], [{ id: 'pmpt_1', version: '2' }], [{ messages: [] }], ['text']])('%j holds no prompt of OpenAI’s', (document) => {
  expect(readOpenAi(document)).toBeUndefined();
});
