import { CopyButton } from '../../../ui/copy-button';
import classes from './set-up.module.css';

/** Lines for a terminal. */
export function Commands({ title, text }: { title: string; text: string }) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <h3 className={classes.title}>{title}</h3>
        <CopyButton text={text} label="Copy the commands" />
      </div>
      <pre className={classes.command} tabIndex={0} aria-label={title}>{text}</pre>
    </section>
  );
}
