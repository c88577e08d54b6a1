import type { RenderDraftQuery } from '../../../../gql/graphql';
import type { DraftMessage } from '../prompt-draft';

/** By message key, about how many tokens it comes to: a placeholder to those of all its messages. */
export function messageTokens(messages: readonly DraftMessage[], rendered: readonly Pick<RenderDraftQuery['renderPrompt']['messages'][number], 'messageId' | 'tokens'>[]): Map<string, number> {
  const counts = new Map(messages.map(({ key }) => [key, 0]));
  for (const { messageId, tokens } of rendered) {
    const key = messageId ?? '';
    const count = counts.get(key);
    if (count !== undefined) counts.set(key, count + tokens);
  }
  return counts;
}
