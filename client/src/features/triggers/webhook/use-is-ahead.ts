import { useEffect, useState } from 'react';

/** Whether a time lies ahead; drawn again once it does not. */
export function useIsAhead(time: string | null | undefined): boolean {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!time) return;
    const timer = setTimeout(() => setNow(Date.now()), Math.max(0, Date.parse(time) - Date.now()));
    return () => clearTimeout(timer);
  }, [time]);
  return !!time && Date.parse(time) > now;
}
