import { z } from 'zod';
import { type Wire } from './wire.js';

const messagesRequest = z.looseObject({
  model: z.string(),
  max_tokens: z.number(),
  messages: z.array(z.looseObject({ role: z.enum(['user', 'assistant', 'system']) })),
  stream: z.literal(true),
});

const stopReasons: Readonly<Record<string, string>> = { stop: 'end_turn', length: 'max_tokens', tool_calls: 'tool_use', content_filter: 'refusal' };

/** Anthropic's messages. Each token is a block of its own. */
export const anthropicWire: Wire<z.infer<typeof messagesRequest>> = {
  basePath: '/v1',
  asksModel: (path) => path === '/v1/messages',
  request: messagesRequest,
  begin: event({ type: 'message_start', message: { id: 'msg_1', type: 'message', role: 'assistant', model: 'test-model', content: [], stop_reason: null, usage: { input_tokens: 0, output_tokens: 0 } } }),
  text: (text, index) => event({ type: 'content_block_start', index, content_block: { type: 'text', text: '' } }) + event({ type: 'content_block_delta', index, delta: { type: 'text_delta', text } }) + event({ type: 'content_block_stop', index }),
  toolCall: ({ id, name, pieces }, call, whole) => {
    const index = 1_000 + call;
    const deltas = pieces.map((piece) => event({ type: 'content_block_delta', index, delta: { type: 'input_json_delta', partial_json: piece } }));
    return event({ type: 'content_block_start', index, content_block: { type: 'tool_use', id, name, input: {} } }) + deltas.join('') + (whole ? event({ type: 'content_block_stop', index }) : '');
  },
  end: ({ finishReason, usage }) => {
    const { inputTokens, outputTokens, cachedTokens = 0 } = usage || { inputTokens: 0, outputTokens: 0 };
    const used = { input_tokens: inputTokens - cachedTokens, cache_read_input_tokens: cachedTokens, output_tokens: outputTokens };
    return event({ type: 'message_delta', delta: { stop_reason: stopReasons[finishReason] ?? finishReason, stop_sequence: null }, usage: used }) + event({ type: 'message_stop' });
  },
  error: (message) => event({ type: 'error', error: { type: 'overloaded_error', message } }),
  listing: (names) => ({ data: names.map((id) => ({ id, type: 'model' })), has_more: false }),
};

function event(data: { type: string } & Record<string, unknown>): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
