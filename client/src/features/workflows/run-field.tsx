import { JsonInput, NumberInput, Select, TextInput } from '@mantine/core';
import { TextOrFileInput } from './text-or-file-input';
import type { WorkflowInput } from './workflow.operations';

export interface RunFieldProps {
  id: string;
  input: WorkflowInput;
  text: string;
  error: string | undefined;
  autoFocus: boolean;
  onChange: (text: string) => void;
}

/** The field for one of a workflow's inputs, as its type wants it. */
export function RunField({ id, input, text, error, autoFocus, onChange }: RunFieldProps) {
  const common = {
    id,
    label: input.name,
    description: input.description || undefined,
    withAsterisk: input.required,
    error,
    'data-autofocus': autoFocus || undefined,
  };
  switch (input.type) {
    case 'TEXT':
      return <TextOrFileInput {...common} text={text} onChange={onChange} />;
    case 'NUMBER':
      return <NumberInput {...common} value={text} onChange={(value) => onChange(String(value))} />;
    case 'BOOLEAN':
      return (
        <Select
          {...common}
          placeholder={input.required ? 'Choose' : 'Not given'}
          data={[{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
          clearable={!input.required}
          value={text || null}
          onChange={(value) => onChange(value ?? '')}
        />
      );
    case 'JSON':
      return <JsonInput {...common} autosize minRows={3} maxRows={12} value={text} onChange={onChange} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />;
    case 'STRING':
      return <TextInput {...common} value={text} onChange={({ currentTarget: { value } }) => onChange(value)} />;
  }
}
