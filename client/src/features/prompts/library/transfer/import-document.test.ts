import { describe, expect, test } from '@jest/globals';
import { readImportDocument } from './import-document';

const read = (document: unknown) => readImportDocument(JSON.stringify(document));

describe('an export of our own', () => {
  const folders = [{ path: ['Support'], colour: 'BLUE' }, { path: ['Support', 'Tickets'], colour: 'RED' }, { path: ['Sales'], colour: 'GRAY' }];
  const prompts = [{ name: 'Reply', folder: ['Support', 'Tickets'] }, { name: 'Pitch', folder: ['Sales'] }, { name: 'Loose', folder: null }];
  const document = { format: 'promptpilot.prompts', version: 1, folders, prompts };

  test('is imported prompt by prompt, each with the folders that it stands in', () => {
    const { format, parts } = read(document);
    expect(format).toBe('PROMPTPILOT');
    expect(parts.map(({ names }) => names)).toEqual([['Reply'], ['Pitch'], ['Loose']]);
    expect(parts.map((part) => part.document)).toEqual([
      { ...document, folders: folders.slice(0, 2), prompts: prompts.slice(0, 1) },
      { ...document, folders: folders.slice(2), prompts: prompts.slice(1, 2) },
      { ...document, folders: [], prompts: prompts.slice(2) },
    ]);
  });

  test('says which prompt is more than a request can hold', () => {
    const { parts } = read({ ...document, prompts: [{ name: 'Short' }, { name: 'Long', description: 'ö'.repeat(500_000) }] });
    expect(parts.map(({ tooLarge }) => tooLarge)).toEqual([false, true]);
  });
});

describe('a Langfuse export', () => {
  const versions = [{ name: 'a', version: 1, prompt: 'Hello' }, { name: 'b', version: 1, prompt: [{ role: 'user', content: 'Hi' }] }, { name: 'a', version: 2, prompt: 'Hello you' }];

  test.each([['one prompt', versions[0], ['a']], ['an array', versions, ['a', 'b']], ['a page', { data: versions }, ['a', 'b']]])('may be %s', (_, document, names) => {
    const { format, parts } = read(document);
    expect(format).toBe('LANGFUSE');
    expect(parts).toEqual([{ names, document, tooLarge: false }]);
  });

  test('that is large is imported name by name, the versions of a name together', () => {
    const large = versions.map((version) => ({ ...version, config: 'x'.repeat(400_000) }));
    const { parts } = read(large);
    expect(parts.map(({ names, tooLarge }) => ({ names, tooLarge }))).toEqual([{ names: ['a'], tooLarge: false }, { names: ['b'], tooLarge: false }]);
    expect(parts[0]?.document).toEqual([large[0], large[2]]);
  });
});

test.each([
  [{ model: 'gpt-4o', messages: [] }, ['Unnamed prompt']],
  [[{ name: 'x', instructions: 'Be kind.' }, { model: 'gpt-4o', input: 'Hi' }], ['x', 'Unnamed prompt']],
])('OpenAI prompt objects are recognised', (document, names) => {
  const { format, parts } = read(document);
  expect({ format, names: parts[0]?.names }).toEqual({ format: 'OPENAI', names });
});

describe('what can’t be imported is refused with a sentence', () => {
  test.each([
    ['not json', 'This is not JSON'],
    ['{"format":"promptpilot.prompts","version":1,"prompts":[]}', 'no prompt in it'],
    ['[]', 'no prompt in it'],
    ['{"hello":1}', 'none of the formats'],
    ['null', 'none of the formats'],
    ['[1]', 'none of the formats'],
    ['{"data":[{"name":"greeting","versions":[1],"labels":["production"]}],"meta":{"page":1}}', 'GET /api/public/v2/prompts/{name}'],
    ['{"prompt":{"id":"pmpt_1","version":"2"}}', 'OpenAI’s dashboard'],
    ['{"model":"gpt-5","input":"Hi","prompt":{"id":"pmpt_1"}}', 'OpenAI’s dashboard'],
  ])('%s', (text, message) => {
    expect(() => readImportDocument(text)).toThrow(message);
  });
});
