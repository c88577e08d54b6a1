import type { Fragment } from './highlight';
import classes from './list.module.css';

/** A text with what was searched for marked in it. */
export function MarkedText({ fragments }: { fragments: readonly Fragment[] }) {
  return fragments.map(({ hit, text }, index) => (hit ? <mark key={index} className={classes.mark}>{text}</mark> : <span key={index}>{text}</span>));
}
