import { IconPlugConnectedX, IconWifiOff } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useConnectionState } from '../api/connection';
import classes from './shell.module.css';

const patienceMs = 1_500;

/** Says calmly that the server can't be reached. A blink of the connection is not worth a word. */
export function ConnectionBanner() {
  const state = useConnectionState();
  const [lasting, setLasting] = useState(false);
  const down = state !== 'live';
  useEffect(() => {
    if (!down) return;
    const timer = setTimeout(() => setLasting(true), patienceMs);
    return () => {
      clearTimeout(timer);
      setLasting(false);
    };
  }, [down]);

  const offline = state === 'offline';
  return (
    <div role="status" className={classes.bannerHolder}>
      {lasting && down && (
        <div className={classes.banner}>
          {offline ? <IconWifiOff size={16} aria-hidden /> : <IconPlugConnectedX size={16} aria-hidden />}
          {offline
            ? 'This device is offline. What you see stays, and is brought up to date once it is back.'
            : 'The server can’t be reached. Trying again; nothing is lost meanwhile.'}
        </div>
      )}
    </div>
  );
}
