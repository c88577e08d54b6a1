import classes from './variables.module.css';

/** Over a field that is more than one input; those have names of their own. */
export function FieldLabel({ label, description, required }: { label: string; description?: string | undefined; required?: boolean | undefined }) {
  return (
    <div className={classes.fieldLabel} aria-hidden>
      {label}{required && <span className={classes.asterisk}> *</span>}
      {description && <div className={classes.fieldDescription}>{description}</div>}
    </div>
  );
}
