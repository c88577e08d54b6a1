import type { DraftMessage } from '../prompt-draft';

/** By message key, about how many tokens it comes to. Empty where the answer can't be told apart by message. */
export function messageTokens(messages: readonly DraftMessage[], rendered: readonly { tokens: number }[]): Map<string, number> {
  const placeholders = messages.filter(({ role }) => role === 'PLACEHOLDER').length;
  const given = rendered.length - (messages.length - placeholders);
  // Of several placeholders nobody knows how many messages each one became.
  if (given < 0 || (placeholders === 0 && given !== 0) || (placeholders > 1 && given !== placeholders)) return new Map();
  const perPlaceholder = placeholders > 1 ? 1 : given;
  let next = 0;
  return new Map(messages.map(({ key, role }) => {
    const own = rendered.slice(next, (next += role === 'PLACEHOLDER' ? perPlaceholder : 1));
    return [key, own.reduce((sum, { tokens }) => sum + tokens, 0)];
  }));
}
