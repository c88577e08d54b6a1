import { z } from 'zod';
import { sse, type Wire } from './wire.js';

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  stream: z.literal(true),
  tools: z.array(z.object({ type: z.literal('function'), function: z.looseObject({ name: z.string(), parameters: z.looseObject({}) }) })).optional(),
  response_format: z.object({ type: z.literal('json_schema'), json_schema: z.object({ name: z.string(), schema: z.looseObject({}), strict: z.boolean() }) }).optional(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

/** OpenAI's chat completions. */
export const openAiWire: Wire<ChatRequest> = {
  basePath: '/v1',
  asksModel: (path) => path === '/v1/chat/completions',
  request: chatRequest,
  begin: sse(chunkOf({ role: 'assistant', content: '' })),
  text: (content) => sse(chunkOf({ content })),
  // The name comes first, with nothing of the arguments, then piece after piece of them.
  toolCall: ({ id, name, pieces }, index) =>
    [
      { tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] },
      ...pieces.map((piece) => ({ tool_calls: [{ index, function: { arguments: piece } }] })),
    ]
      .map((delta) => sse(chunkOf(delta)))
      .join(''),
  end: ({ finishReason, usage }) => `${sse(chunkOf({}, finishReason))}${usage ? sse({ ...chunkOf({}), choices: [], usage: usageOf(usage) }) : ''}data: [DONE]\n\n`,
  error: (message) => sse({ error: { message, type: 'server_error' } }),
  listing: (names) => ({ object: 'list', data: names.map((id) => ({ id, object: 'model' })) }),
};

function usageOf({ inputTokens, outputTokens, cachedTokens }: { inputTokens: number; outputTokens: number; cachedTokens: number | undefined }) {
  const cached = cachedTokens !== undefined && { prompt_tokens_details: { cached_tokens: cachedTokens } };
  return { prompt_tokens: inputTokens, completion_tokens: outputTokens, total_tokens: inputTokens + outputTokens, ...cached };
}

function chunkOf(delta: object, finishReason: string | null = null) {
  return { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1_700_000_000, model: 'test-model', choices: [{ index: 0, delta, finish_reason: finishReason }] };
}
