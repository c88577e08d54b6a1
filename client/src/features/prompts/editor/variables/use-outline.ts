import { useState } from 'react';
import type { DraftMessage } from '../prompt-draft';

/** The messages as far as their variables are concerned: the same object while only texts change, which are analysed in their own time. */
export function useOutline(messages: readonly DraftMessage[]): readonly DraftMessage[] {
  const [outline, setOutline] = useState(messages);
  if (outline === messages || isSameOutline(outline, messages)) return outline;
  setOutline(messages);
  return messages;
}

function isSameOutline(one: readonly DraftMessage[], other: readonly DraftMessage[]): boolean {
  return one.length === other.length && one.every(({ key, role, content }, index) => {
    const each = other[index];
    return each?.key === key && each.role === role && (role !== 'PLACEHOLDER' || each.content === content);
  });
}
