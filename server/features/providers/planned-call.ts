import { type ModelCall } from './provider.js';
import { countTokens } from './token-count.js';

/** What can be known of a call before it is made. */
export type PlannedCall = Pick<ModelCall, 'messages' | 'tools' | 'outputSchema' | 'maxOutputTokens'>;

/** Taken for the longest answer where a call sets no limit of its own. */
const usualOutputTokens = 4_096;
/** What a chat format adds to each message. */
const tokensPerMessage = 4;

/** About as many tokens as it sends, and the most that come back. */
export function expectedTokens({ messages, tools = [], outputSchema, maxOutputTokens = usualOutputTokens }: PlannedCall): { inputTokens: number; outputTokens: number } {
  const texts = [...messages.map(({ content }) => content), ...[...tools, ...(outputSchema ? [outputSchema] : [])].map((json) => JSON.stringify(json))];
  return { inputTokens: texts.reduce((sum, text) => sum + countTokens(text) + tokensPerMessage, 0), outputTokens: maxOutputTokens };
}
