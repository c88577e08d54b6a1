import fc from 'fast-check';
import { type PromptContent, type PromptMessage, type PromptTool, type PromptVariable } from '../features/prompts/content/content.js';

const words = fc.array(fc.constantFrom('the', 'answer', 'is', '{{ x }}', ',', '\n', '\n\n', 'Überblick', '日本', '<b>'), { maxLength: 12 }).map((parts) => parts.join(' '));

/** Ids and names come from a few, so that two contents often know the same message, variable or tool. */
const anyMessages = (kind: 'TEXT' | 'CHAT' = 'CHAT'): fc.Arbitrary<PromptMessage[]> =>
  kind === 'TEXT'
    ? fc.record({ id: fc.constantFrom('a', 'b'), role: fc.constant('USER' as const), content: words }).map((message) => [message])
    : fc.uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), role: fc.constantFrom('SYSTEM', 'USER', 'ASSISTANT'), content: words }), {
        selector: ({ id }) => id,
      });

const anyVariable: fc.Arbitrary<PromptVariable> = fc.record(
  {
    name: fc.constantFrom('x', 'y', 'z', 'constructor'),
    type: fc.constantFrom('STRING', 'TEXT'),
    description: fc.constantFrom('', 'Who reads it'),
    required: fc.boolean(),
    defaultValue: fc.constantFrom('one', 'two'),
    maxLength: fc.constantFrom(10, 20),
    allowedValues: fc.constantFrom(['one', 'two'], ['one', 'two', 'three']),
  },
  { requiredKeys: ['name', 'type', 'description', 'required'] },
);

const anySchema = fc.record(
  {
    type: fc.constant('object'),
    properties: fc.dictionary(fc.constantFrom('title', 'a.b', 'toString'), fc.record({ type: fc.constantFrom('string', 'number') })),
    required: fc.subarray(['title', 'a.b', 'toString']),
    description: fc.constantFrom('One', 'Two'),
  },
  { requiredKeys: ['type'] },
);

const anyTool: fc.Arbitrary<PromptTool> = fc.record({ name: fc.constantFrom('search', 'book'), description: fc.constantFrom('', 'Finds'), parameters: anySchema });

/** Any content of a version, often like another one. */
export const anyContent = (kind: 'TEXT' | 'CHAT' = 'CHAT'): fc.Arbitrary<PromptContent> =>
  fc.record(
    {
      kind: fc.constant(kind),
      messages: anyMessages(kind),
      variables: fc.uniqueArray(anyVariable, { selector: ({ name }) => name }),
      settings: fc.record(
        { model: fc.constantFrom('simulated/echo', 'simulated/extract'), temperature: fc.constantFrom(0, 1), stopSequences: fc.constantFrom(['.'], ['.', '!']) },
        { requiredKeys: ['model'] },
      ),
      tools: fc.uniqueArray(anyTool, { selector: ({ name }) => name }),
      outputSchema: anySchema,
    },
    { requiredKeys: ['kind', 'messages', 'variables', 'settings', 'tools'] },
  );
