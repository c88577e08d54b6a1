import classes from './prompt-editor.module.css';

/** The variables that whoever uses the prompt has to give. */
export function VariableList({ variables }: { variables: readonly string[] }) {
  if (variables.length === 0) {
    return (
      <p className={classes.hint}>
        None yet. Write <code>{'{{ name }}'}</code> where a value belongs.
      </p>
    );
  }
  return (
    <ul className={classes.variables}>
      {variables.map((name) => (
        <li key={name}>
          <code>{name}</code>
        </li>
      ))}
    </ul>
  );
}
