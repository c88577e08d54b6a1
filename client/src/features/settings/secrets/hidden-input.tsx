import { Checkbox, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import classes from './secrets.module.css';

interface HiddenInputProps {
  label: string;
  description?: string;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  autoFocus?: boolean;
}

/** A field for a value that whoever looks over one's shoulder must not read. It keeps line breaks, as keys in files have them. */
export function HiddenInput({ label, description, value, error, onChange, autoFocus = false }: HiddenInputProps) {
  const [shown, setShown] = useState(false);
  return (
    <Stack gap={8}>
      <Textarea
        label={label}
        description={description}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autosize
        minRows={2}
        maxRows={8}
        autoComplete="off"
        spellCheck={false}
        data-autofocus={autoFocus || undefined}
        classNames={{ input: shown ? classes.value : `${classes.value} ${classes.hidden}` }}
        value={value}
        error={error}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      />
      <Checkbox size="xs" label="Show what is typed" checked={shown} onChange={({ currentTarget }) => setShown(currentTarget.checked)} />
    </Stack>
  );
}
