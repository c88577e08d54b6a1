import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { newRow, updateStep, type DraftRow, type DraftStep } from '../draft';
import { fieldId, focusField, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { SourceSelect } from '../source-select';

interface NamedValuesProps {
  step: DraftStep;
  title?: string;
  hint?: string;
  /** One that is chosen elsewhere. */
  without?: string;
}

/** The values that a step works on, named by the person. */
export function NamedValues({ step, title = 'Values', hint, without }: NamedValuesProps) {
  const { change } = useEditor();
  const add = () => {
    const row = newRow();
    change((draft) => updateStep(draft, step.id, (each) => ({ ...each, rows: [...each.rows, row] })));
    requestAnimationFrame(() => focusField(`steps.${step.id}.rows.${row.id}.name`));
  };
  const rows = step.rows.filter(({ name }) => name !== without);
  return (
    <div role="group" aria-label={title} id={fieldId(`steps.${step.id}.rows`)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>{title}</h3>
      {hint && <p className={classes.hint}>{hint}</p>}
      <RowsProblem step={step} />
      {rows.map((row) => <ValueRow key={row.id} step={step} row={row} />)}
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>Add value</Button>
    </div>
  );
}

/** Values whose names follow from what the step runs. @param about what is known of each, by its name */
export function GivenValues({ step, title, empty, about }: { step: DraftStep; title: string; empty: string | undefined; about?: ReadonlyMap<string, string> }) {
  return (
    <div role="group" aria-label={title} id={fieldId(`steps.${step.id}.rows`)} tabIndex={-1}>
      <h3 className={classes.cardTitle}>{title}</h3>
      <RowsProblem step={step} />
      {step.rows.map((row) => (
        <div key={row.id} className={classes.row}>
          <div>
            <code className={classes.variable} title={row.name}>{row.name}</code>
            {about?.get(row.name) && <p className={classes.below}>{about.get(row.name)}</p>}
          </div>
          <SourceSelect step={step} row={row} />
        </div>
      ))}
      {step.rows.length === 0 && empty && <p className={classes.nothing}>{empty}</p>}
    </div>
  );
}

/** What is wrong with the values as a whole. */
export function RowsProblem({ step }: { step: DraftStep }) {
  const { problemAt } = useEditor();
  const problem = problemAt(`steps.${step.id}.rows`);
  return problem ? <p className={classes.problem}>{problem}</p> : null;
}

function ValueRow({ step, row }: { step: DraftStep; row: DraftRow }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.rows.${row.id}.name`;
  const field = useField(anchor);
  const rename = (name: string) =>
    change((draft) => updateStep(draft, step.id, (each) => ({ ...each, rows: each.rows.map((other) => (other.id === row.id ? { ...other, name } : other)) })), anchor);
  const remove = () => change((draft) => updateStep(draft, step.id, (each) => ({ ...each, rows: each.rows.filter(({ id }) => id !== row.id) })));
  return (
    <div className={classes.row} data-removable>
      <TextInput {...field} aria-label="Name of the value" placeholder="name" maxLength={50} value={row.name} onChange={({ currentTarget: { value } }) => rename(value)} />
      <SourceSelect step={step} row={row} />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove the value ${row.name || 'without a name'}`} title="Remove" onClick={remove}>
        <IconX size={16} />
      </ActionIcon>
    </div>
  );
}
