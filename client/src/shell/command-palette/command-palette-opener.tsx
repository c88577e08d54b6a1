import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { CommandPalette } from './command-palette';
import classes from './command-palette.module.css';

/** The button and the key (Ctrl/Cmd+K) that open the command palette. */
export function CommandPaletteOpener() {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      event.preventDefault();
      if (event.repeat) return;
      // Before the next key: whoever types on at once must not type into what they were in before.
      flushSync(() => setOpened((current) => !current));
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <button type="button" className={classes.opener} onClick={() => setOpened(true)} aria-haspopup="dialog" aria-keyshortcuts="Control+K Meta+K" aria-label="Go to…">
        <IconSearch size={16} aria-hidden />
        <span>Go to…</span>
        <kbd>{isApple ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
      {opened && <CommandPalette onClose={() => setOpened(false)} />}
    </>
  );
}

const isApple = /Mac|iPhone|iPad/.test(navigator.userAgent);
