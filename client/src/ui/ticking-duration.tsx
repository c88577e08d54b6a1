import { useEffect, useState } from 'react';
import { formatDuration } from './format';

/** The time, kept up to date while `active`. */
export function useNow(active: boolean, everyMs = 100): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    const tick = () => {
      if (!document.hidden) setNow(Date.now());
    };
    const first = setTimeout(tick);
    const timer = setInterval(tick, everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [active, everyMs]);
  return now;
}

/** How long something took, or has taken so far while it has no end. */
export function TickingDuration({ from, to }: { from: string; to: string | null | undefined }) {
  const now = useNow(!to);
  const end = to ? Date.parse(to) : now;
  return <span className="tabular">{formatDuration(Math.max(0, end - Date.parse(from)))}</span>;
}
