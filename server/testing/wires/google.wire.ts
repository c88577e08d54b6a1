import { z } from 'zod';
import { sse, type Wire } from './wire.js';

const generateRequest = z.looseObject({ contents: z.array(z.looseObject({ role: z.enum(['user', 'model']) })) });

const finishReasons: Readonly<Record<string, string>> = { stop: 'STOP', tool_calls: 'STOP', length: 'MAX_TOKENS', content_filter: 'SAFETY' };

/** Google's Gemini API. A call of a tool comes whole: where it breaks off, nothing of it has come. */
export const googleWire: Wire<z.infer<typeof generateRequest>> = {
  basePath: '/v1beta',
  asksModel: (path) => /^\/v1beta\/models\/[^/]+:streamGenerateContent\?alt=sse$/.test(path),
  request: generateRequest,
  begin: '',
  text: (text) => sse(partsOf([{ text }])),
  toolCall: ({ name, pieces }, _index, whole) => {
    const args: unknown = whole ? JSON.parse(pieces.join('') || '{}') : undefined;
    return whole ? sse(partsOf([{ functionCall: { name, args } }])) : '';
  },
  end: ({ finishReason, usage }) => {
    const used = usage && { promptTokenCount: usage.inputTokens, candidatesTokenCount: usage.outputTokens, ...(usage.cachedTokens !== undefined && { cachedContentTokenCount: usage.cachedTokens }) };
    return sse({ ...partsOf([], finishReasons[finishReason] ?? finishReason), ...(used && { usageMetadata: { ...used, totalTokenCount: used.promptTokenCount + used.candidatesTokenCount } }) });
  },
  error: (message) => sse({ error: { code: 503, message, status: 'UNAVAILABLE' } }),
  listing: (names) => ({ models: [...names.map((name) => ({ name: `models/${name}`, supportedGenerationMethods: ['generateContent'] })), { name: 'models/only-embeds', supportedGenerationMethods: ['embedContent'] }] }),
};

function partsOf(parts: object[], finishReason?: string) {
  return { candidates: [{ index: 0, content: { role: 'model', parts }, ...(finishReason !== undefined && { finishReason }) }] };
}
