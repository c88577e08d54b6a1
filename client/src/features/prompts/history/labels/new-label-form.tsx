import { Autocomplete, Button } from '@mantine/core';
import { useState } from 'react';
import { asName, labelNameProblem } from './label-name';
import classes from './labels.module.css';

interface NewLabelFormProps {
  /** Offered: what other prompts use, and what is usual. */
  suggestions: readonly string[];
  submitLabel: string;
  busy: boolean;
  mayMove: (name: string) => boolean;
  onSubmit: (name: string) => Promise<boolean>;
}

/** Asks for the name of a label that is to be made. */
export function NewLabelForm({ suggestions, submitLabel, busy, mayMove, onSubmit }: NewLabelFormProps) {
  const [name, setName] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    const found = labelNameProblem(name) ?? (mayMove(name) ? null : `${name} is protected: only an owner of the workspace sets it.`);
    setProblem(found);
    if (!found && (await onSubmit(name))) setName('');
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate className={classes.newLabel}>
      <Autocomplete
        aria-label="Name of the label"
        openOnFocus={false}
        placeholder="Label, such as staging"
        size="xs"
        data={suggestions.filter(mayMove)}
        value={name}
        maxLength={50}
        onChange={(text) => {
          setName(asName(text));
          setProblem(null);
        }}
        error={problem}
        comboboxProps={{ withinPortal: false }}
        className={classes.newLabelName}
      />
      <Button type="submit" size="xs" variant="default" loading={busy}>{submitLabel}</Button>
    </form>
  );
}

export const usualLabels = ['production', 'staging', 'latest'];
