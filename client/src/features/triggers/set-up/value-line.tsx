import { CopyButton } from '../../../ui/copy-button';
import classes from './set-up.module.css';

/** Something to be entered elsewhere, with a button that copies it. */
export function ValueLine({ value, label }: { value: string; label: string }) {
  return (
    <div className={classes.value}>
      <code>{value}</code>
      <CopyButton text={value} label={label} />
    </div>
  );
}
