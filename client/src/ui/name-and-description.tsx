import classes from './name-and-description.module.css';

/** A row's name with, receding, what it is for. */
export function NameAndDescription({ name, description }: { name: string; description: string }) {
  return (
    <>
      {name}
      {description && <span className={classes.description}>{description}</span>}
    </>
  );
}
