import { useCallback, useState } from 'react';
import type { Draft, DraftStep } from './draft';

/** More steps than this begin collapsed, to be seen as a whole first. */
const openedAtStart = 4;

const idsWithin = (steps: readonly DraftStep[]): string[] => steps.flatMap((step) => [step.id, ...idsWithin(step.steps)]);

/** Which cards of steps are open. A new one is. */
export function useOpenedSteps(initial: Draft) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set(initial.steps.length > openedAtStart ? idsWithin(initial.steps) : []));
  const setOpened = useCallback((ids: readonly string[], opened: boolean) => {
    setClosed((current) => {
      const next = new Set(current);
      for (const id of ids) {
        if (opened) next.delete(id);
        else next.add(id);
      }
      return next;
    });
  }, []);
  return { isOpened: (id: string): boolean => !closed.has(id), setOpened };
}
