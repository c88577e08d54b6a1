import { useEffect, useState } from 'react';

/** For what is mounted to open, such as a dialog: once it is gone, the focus is where it was before; from a menu, where the menu was opened. */
export function useFocusBack(): void {
  const [opener] = useState(openerNow);
  useEffect(() => () => {
    if (opener?.isConnected) opener.focus({ preventScroll: true });
    else document.querySelector('main')?.focus({ preventScroll: true });
  }, [opener]);
}

function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const menuButtonId = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const button = menuButtonId ? document.getElementById(menuButtonId) : active;
  // A row's own button is out of the tab order: its row is what had the focus.
  const opener = button?.closest<HTMLElement>('[role=treeitem]') ?? button;
  return opener instanceof HTMLElement ? opener : null;
}
