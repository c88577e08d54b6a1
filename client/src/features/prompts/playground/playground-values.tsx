import { Button } from '@mantine/core';
import { ValueField } from '../editor/variables/value-field';
import classes from './playground.module.css';
import type { ValueVariable } from './use-sources';
import { shownValue, type Values } from './values';

interface PlaygroundValuesProps {
  /** What the columns ask for together. */
  asked: ValueVariable[];
  values: Values;
  onValues: (values: Values) => void;
}

/** The values that all columns are run with. */
export function PlaygroundValues({ asked, values, onValues }: PlaygroundValuesProps) {
  return (
    <section aria-labelledby="playground-values" className={classes.values}>
      <h2 id="playground-values" className={classes.sideTitle}>Values</h2>
      {asked.length === 0 && <p className={classes.nothing}>This prompt has no variables.</p>}
      {asked.map((variable) => (
        <ValueField
          key={variable.name}
          variable={variable}
          label={variable.name}
          description={variable.description}
          required={variable.required}
          value={shownValue(variable, values)}
          onChange={(value) => onValues({ ...values, [variable.name]: value ?? null })}
        />
      ))}
      {asked.length > 0 && Object.keys(values).length > 0 && <div><Button variant="subtle" color="gray" size="compact-xs" onClick={() => onValues({})}>Back to the samples</Button></div>}
    </section>
  );
}
