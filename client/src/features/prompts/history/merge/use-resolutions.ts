import { useState } from 'react';
import { readResolutions, type Resolution, type Resolutions } from './resolutions';

/** What was decided of a merge. It survives leaving the page and loading it again, in this tab. */
export function useResolutions(mergeKey: string): [Resolutions, (id: string, resolution: Resolution) => void, () => void] {
  const storageKey = `merge ${mergeKey}`;
  const [resolutions, setResolutions] = useState(() => readResolutions(sessionStorage.getItem(storageKey)));
  const keep = (next: Resolutions) => {
    setResolutions(next);
    try {
      sessionStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Without room for it, it lasts as long as the page.
    }
  };
  return [
    resolutions,
    (id, resolution) => keep({ ...resolutions, [id]: resolution }),
    () => {
      setResolutions({});
      sessionStorage.removeItem(storageKey);
    },
  ];
}
