import { useEffect, useEffectEvent } from 'react';
import { takeVariables, type Wanted } from '../draft';
import { useEditor } from '../editor-context';

/** Keeps a step's values to those that what it runs wants. @param wanted undefined while that is not known */
export function useTakenVariables(stepId: string, wanted: readonly Wanted[] | undefined): void {
  const { change } = useEditor();
  const take = useEffectEvent(() => {
    if (wanted) change((draft) => takeVariables(draft, stepId, wanted));
  });
  const known = wanted && JSON.stringify(wanted);
  useEffect(() => {
    if (known !== undefined) take();
  }, [known]);
}

/** What a step runs is opened in another tab; what was changed there counts as soon as one is back. */
export function useRefetchOnReturn(refetch: () => void): void {
  const refresh = useEffectEvent(refetch);
  useEffect(() => {
    const listen = () => refresh();
    window.addEventListener('focus', listen);
    return () => window.removeEventListener('focus', listen);
  }, []);
}
