import { Autocomplete } from '@mantine/core';
import { useImperativeHandle, useRef, type Ref } from 'react';
import type { CodeEditorHandle } from '../code/use-code-editor';
import { variableNameProblem } from '../template/variable-name';
import classes from './messages.module.css';

interface PlaceholderFieldProps {
  label: string;
  value: string;
  onChange?: ((name: string) => void) | undefined;
  names: readonly string[];
  error: string | undefined;
  autoFocus: boolean | undefined;
  ref?: Ref<CodeEditorHandle>;
}

/** Which list of messages, given at run time, stands in this place. */
export function PlaceholderField({ label, value, onChange, names, error, autoFocus, ref }: PlaceholderFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => input.current?.focus(),
    select: () => input.current?.select(),
    selection: () => ({ from: 0, to: 0, text: '' }),
    replaceSelection: () => undefined,
  }), []);
  return (
    <div className={classes.placeholder}>
      <Autocomplete
        ref={input}
        size="xs"
        label="Variable that holds the messages"
        description="Whoever runs the prompt gives a list of messages, such as what was said before. They stand in this place."
        aria-label={`${label}: variable that holds the messages`}
        placeholder="history"
        data={[...new Set(names)]}
        value={value}
        readOnly={!onChange}
        autoFocus={autoFocus}
        onChange={(name) => onChange?.(name)}
        error={value === '' ? undefined : (variableNameProblem(value) ?? error)}
      />
    </div>
  );
}
