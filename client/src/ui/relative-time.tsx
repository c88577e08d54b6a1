import { useEffect, useState } from 'react';
import { formatAbsoluteTime, formatRelativeTime } from './format';

/** When something was, in words; the exact time on hover and to assistive technology. */
export function RelativeTime({ time }: { time: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={formatAbsoluteTime(time)} className="tabular">
      {formatRelativeTime(time, now)}
    </time>
  );
}
