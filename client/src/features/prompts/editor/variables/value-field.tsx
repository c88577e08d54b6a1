import { NumberInput, Select, Textarea } from '@mantine/core';
import { jsonText, type DraftVariable } from '../prompt-draft';
import { JsonField } from './json-field';
import { ListField } from './list-field';
import { MessagesField } from './messages-field';

interface ValueFieldProps {
  variable: Pick<DraftVariable, 'type' | 'allowedValues'>;
  label: string;
  /** For whoever can't see where the field stands. */
  accessibleName?: string;
  value: unknown;
  /** Absent: for reading only. Undefined: no value. */
  onChange?: ((value: unknown) => void) | undefined;
  placeholder?: string | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean;
}

/** A value of a variable, in the form that its type has. */
export function ValueField({ variable: { type, allowedValues }, label, accessibleName, value, onChange, placeholder, description, error, required }: ValueFieldProps) {
  const readOnly = !onChange;
  const common = { label, 'aria-label': accessibleName, placeholder, description: description || undefined, error, readOnly, size: 'xs' as const, withAsterisk: required };
  const text = typeof value === 'string' ? value : value === undefined || value === null ? '' : jsonText(value);
  switch (type) {
    case 'STRING':
      // What is pasted keeps its lines: a variable is a STRING until somebody says more of it.
      return <Textarea {...common} autosize minRows={1} maxRows={8} value={text} onChange={({ currentTarget }) => onChange?.(currentTarget.value || undefined)} />;
    case 'TEXT':
      return <Textarea {...common} autosize minRows={2} maxRows={8} value={text} onChange={({ currentTarget }) => onChange?.(currentTarget.value || undefined)} />;
    case 'NUMBER':
      return <NumberInput {...common} value={typeof value === 'number' ? value : ''} onChange={(next) => onChange?.(typeof next === 'number' ? next : undefined)} />;
    case 'BOOLEAN':
      return (
        <Select
          {...common}
          data={[{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
          value={typeof value === 'boolean' ? String(value) : null}
          onChange={(next) => onChange?.(next === null ? undefined : next === 'true')}
          clearable={!readOnly}
          placeholder={placeholder ?? 'None'}
        />
      );
    case 'CHOICE':
      return (
        <Select
          {...common}
          data={[...new Set(allowedValues ?? [])]}
          value={typeof value === 'string' ? value : null}
          onChange={(next) => onChange?.(next ?? undefined)}
          clearable={!readOnly}
          placeholder={placeholder ?? 'None'}
          nothingFoundMessage="Add the allowed values first"
        />
      );
    case 'LIST':
      return <ListField {...{ label, accessibleName, value, onChange, description, error, required }} />;
    case 'MESSAGES':
      return <MessagesField {...{ label, accessibleName, value, onChange, description, error, required }} />;
    case 'JSON':
      return <JsonField {...{ label, accessibleName, value, onChange, placeholder, description, error, required }} />;
  }
}
