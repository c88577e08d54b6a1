import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import classes from './branches.module.css';

/** How far a branch and main are apart. */
export function AheadBehind({ ahead, behind }: { ahead: number; behind: number }) {
  if (ahead === 0 && behind === 0) return null;
  const words = [ahead > 0 && `${ahead} ahead of main`, behind > 0 && `${behind} behind main`].filter(Boolean).join(', ');
  return (
    <span className={classes.apart} title={words} role="img" aria-label={words}>
      {ahead > 0 && <span><IconArrowUp size={12} aria-hidden />{ahead}</span>}
      {behind > 0 && <span><IconArrowDown size={12} aria-hidden />{behind}</span>}
    </span>
  );
}
