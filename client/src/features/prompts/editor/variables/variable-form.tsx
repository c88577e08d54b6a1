import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DraftVariable, VariableType } from '../prompt-draft';
import { ValueField } from './value-field';
import { VariableLimits } from './variable-limits';
import type { VariableEdits } from './variable-panel';
import { retyped, typeNames } from './variable-type';
import classes from './variables.module.css';

interface VariableFormProps {
  variable: DraftVariable;
  edits: VariableEdits | undefined;
  errors: Record<string, string>;
  canRemove: boolean;
  /** False: its name is given by a prompt that is included. */
  renames: boolean;
}

const types = Object.entries(typeNames).map(([value, label]) => ({ value, label }));
const isType = (value: string): value is VariableType => value in typeNames;

/** All that can be said of a variable. */
export function VariableForm({ variable, edits, errors, canRemove, renames }: VariableFormProps) {
  const { name, type, description, required, defaultValue, sample } = variable;
  const readOnly = !edits;
  const set = (change: Partial<DraftVariable>) => edits?.onChange({ ...variable, ...change });
  return (
    <div className={classes.form}>
      <NameField name={name} onRename={renames ? edits?.onRename : undefined} error={errors['name']} />
      <div className={classes.pair}>
        <NativeSelect
          size="xs"
          label="Type"
          aria-label={`Type of ${name}`}
          data={types}
          value={type}
          disabled={readOnly}
          onChange={({ currentTarget: { value } }) => isType(value) && edits?.onChange(retyped(variable, value))}
          error={errors['type']}
        />
        <Switch
          size="xs"
          label="Required"
          aria-label={`${name} is required`}
          checked={required}
          disabled={readOnly}
          onChange={({ currentTarget: { checked } }) => set({ required: checked })}
          className={classes.required}
        />
      </div>
      <TextInput
        size="xs"
        label="What it is"
        aria-label={`What ${name} is`}
        placeholder="For whoever gives the value"
        value={description}
        maxLength={1_000}
        readOnly={readOnly}
        onChange={({ currentTarget: { value } }) => set({ description: value })}
        error={errors['description']}
      />
      <VariableLimits variable={variable} set={readOnly ? undefined : set} errors={errors} />
      <ValueField
        variable={variable}
        label="Value when none is given"
        accessibleName={`Default of ${name}`}
        value={defaultValue ?? undefined}
        onChange={readOnly ? undefined : (value) => set({ defaultValue: value })}
        error={errors['defaultValue']}
      />
      <ValueField
        variable={variable}
        label="Sample, for trying it out"
        accessibleName={`Sample of ${name}`}
        value={sample ?? undefined}
        onChange={readOnly ? undefined : (value) => set({ sample: value })}
        error={errors['sample']}
      />
      {canRemove && edits && (
        <div>
          <Button variant="default" size="compact-xs" onClick={() => edits.onRemove(variable)}>Remove this variable</Button>
        </div>
      )}
    </div>
  );
}

/** Renames when it is left or Enter is pressed; Esc takes back what was typed. */
function NameField({ name, onRename, error }: { name: string; onRename: VariableEdits['onRename'] | undefined; error: string | undefined }) {
  const [typed, setTyped] = useState(name);
  const [problem, setProblem] = useState<string>();
  const [adopted, setAdopted] = useState(name);
  // Renamed, here or elsewhere. The field stays the same, and with it the focus.
  if (adopted !== name) {
    setAdopted(name);
    setTyped(name);
    setProblem(undefined);
  }
  const rename = async () => {
    const next = typed.trim();
    if (next === name || !onRename) return setTyped(name);
    setProblem(await onRename(name, next));
  };
  return (
    <TextInput
      size="xs"
      label="Name"
      aria-label={`Name of ${name}`}
      classNames={{ input: classes.nameInput }}
      value={typed}
      maxLength={50}
      readOnly={!onRename}
      error={problem ?? error}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        setProblem(undefined);
      }}
      onBlur={() => void rename()}
      onKeyDown={({ key }) => {
        if (key === 'Enter') void rename();
        if (key === 'Escape') {
          setTyped(name);
          setProblem(undefined);
        }
      }}
    />
  );
}
