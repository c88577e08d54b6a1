import { Button } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { ValueField } from '../editor/variables/value-field';
import classes from './playground.module.css';
import type { ValueVariable } from './use-sources';
import { givenValues, shownValue, type Values } from './values';

interface PlaygroundValuesProps {
  /** What the columns ask for together. */
  asked: ValueVariable[];
  values: Values;
  /** By variable, why its value was refused. Another map is another refusal, which leads to its first field. */
  problems: ReadonlyMap<string, string>;
  onValues: (values: Values) => void;
}

/** The values that all columns are run with. */
export function PlaygroundValues({ asked, values, problems, onValues }: PlaygroundValuesProps) {
  const section = useRef<HTMLElement>(null);
  const seen = useRef(problems);
  useEffect(() => {
    if (seen.current === problems) return;
    seen.current = problems;
    const first = asked.find(({ name }) => problems.has(name));
    if (first) section.current?.querySelector<HTMLElement>(`[data-variable="${first.name}"] :is(input, textarea, [contenteditable=true], button)`)?.focus();
  }, [problems, asked]);
  const [corrected, setCorrected] = useState<{ of: typeof problems; names: readonly string[] }>({ of: problems, names: [] });
  const isCorrected = (name: string) => corrected.of === problems && corrected.names.includes(name);
  const change = (name: string, value: unknown) => {
    setCorrected({ of: problems, names: [...(corrected.of === problems ? corrected.names : []), name] });
    onValues({ ...values, [name]: value ?? null });
  };
  const given = givenValues(asked, values);
  return (
    <section ref={section} aria-labelledby="playground-values" className={classes.values}>
      <h2 id="playground-values" className={classes.sideTitle}>Values</h2>
      {asked.length === 0 && <p className={classes.nothing}>This prompt has no variables.</p>}
      {asked.map((variable) => (
        <div key={variable.name} data-variable={variable.name}>
          <ValueField
            variable={variable}
            label={variable.name}
            description={variable.description}
            required={variable.required}
            value={shownValue(variable, values)}
            onChange={(value) => change(variable.name, value)}
            error={isCorrected(variable.name) ? undefined : problems.get(variable.name)}
          />
        </div>
      ))}
      {given && <div><Button variant="subtle" color="gray" size="compact-xs" onClick={() => onValues({})}>{given === 'instead of samples' ? 'Back to the samples' : 'Clear the values'}</Button></div>}
    </section>
  );
}
