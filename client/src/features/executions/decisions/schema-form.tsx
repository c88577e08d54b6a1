import { Checkbox, JsonInput, NumberInput, Select, Stack, Textarea, TextInput } from '@mantine/core';
import type { FormField, FormValues } from './form-fields';

interface SchemaFormProps {
  fields: readonly FormField[];
  values: FormValues;
  /** By the fields' names. */
  errors: Readonly<Record<string, string>>;
  onChange: (name: string, value: unknown) => void;
}

/** What a JSON Schema asks for, a field each. */
export function SchemaForm({ fields, values, errors, onChange }: SchemaFormProps) {
  return (
    <Stack gap="sm">
      {fields.map((field) => (
        <Field key={field.name} field={field} value={values[field.name]} error={errors[field.name]} onChange={(value) => onChange(field.name, value)} />
      ))}
    </Stack>
  );
}

interface FieldProps {
  field: FormField;
  value: unknown;
  error: string | undefined;
  onChange: (value: unknown) => void;
}

function Field({ field, value, error, onChange }: FieldProps) {
  const { label, description, required, kind, min, max, choices } = field;
  const common = { label, description, error, withAsterisk: required, 'aria-required': required || undefined };
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'boolean':
      return <Checkbox label={label} description={description} error={error} checked={value === true} onChange={({ currentTarget: { checked } }) => onChange(checked)} />;
    case 'number':
    case 'integer':
      return (
        <NumberInput
          {...common}
          min={min}
          max={max}
          clampBehavior="none"
          allowDecimal={kind === 'number'}
          value={typeof value === 'number' ? value : text}
          onChange={(typed) => onChange(typed)}
        />
      );
    case 'choice': {
      const data = choices.map((choice, index) => ({ value: String(index), label: typeof choice === 'string' ? choice : JSON.stringify(choice) }));
      const chosen = choices.findIndex((choice) => JSON.stringify(choice) === JSON.stringify(value));
      return <Select {...common} placeholder="Choose" clearable={!required} data={data} value={chosen < 0 ? null : String(chosen)} onChange={(index) => onChange(index === null ? '' : choices[Number(index)])} />;
    }
    case 'date':
    case 'time':
      return <TextInput {...common} w={240} maw="100%" type={kind === 'date' ? 'date' : 'datetime-local'} value={text} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
    case 'json':
      return <JsonInput {...common} autosize minRows={3} maxRows={12} value={text} onChange={onChange} styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }} />;
    case 'text':
      return <Textarea {...common} autosize minRows={1} maxRows={8} value={text} onChange={({ currentTarget }) => onChange(currentTarget.value)} />;
  }
}
