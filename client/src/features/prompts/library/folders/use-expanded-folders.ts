import { useState } from 'react';
import * as z from 'zod/mini';

const storageKey = 'pp.open-folders';
const stored = z.array(z.string());

/** Which folders are open, kept in this browser. */
export function useExpandedFolders() {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(readStored);
  const setAll = (ids: readonly string[], open: boolean) =>
    setExpanded((current) => {
      const next = new Set(current);
      for (const id of ids) {
        if (open) next.add(id);
        else next.delete(id);
      }
      localStorage.setItem(storageKey, JSON.stringify([...next]));
      return next;
    });
  return { isExpanded: (id: string) => expanded.has(id), setExpanded: setAll };
}

function readStored(): ReadonlySet<string> {
  try {
    return new Set(stored.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? '[]')).data ?? []);
  } catch {
    return new Set();
  }
}
