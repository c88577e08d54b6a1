import { useEffect } from 'react';
import { connection } from '../../../../api/connection';
import { session } from '../../../../api/session';

interface Unsaved {
  flush: (options?: { leaving: boolean }) => Promise<void>;
}

/** Has what is not saved yet saved while there is time: when the page is hidden or left, before its owner signs out, and once the server can be reached again. */
export function useKeptWhenLeaving(unsaved: Unsaved): void {
  useEffect(() => {
    const onVisibility = () => {
      if (document.visibilityState === 'hidden') void unsaved.flush();
    };
    const onLeave = () => void unsaved.flush({ leaving: true });
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', onLeave);
    const stops = [connection.onRestored(() => void unsaved.flush()), session.beforeSignOut(() => unsaved.flush())];
    return () => {
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', onLeave);
      for (const stop of stops) stop();
      void unsaved.flush();
    };
  }, [unsaved]);
}
