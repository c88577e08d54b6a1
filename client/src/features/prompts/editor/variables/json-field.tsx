import { useState } from 'react';
import { JsonEditor } from '../code/json-editor';
import { jsonText } from '../prompt-draft';
import { FieldLabel } from './field-label';

interface JsonFieldProps {
  label: string;
  accessibleName?: string | undefined;
  value: unknown;
  /** Absent: for reading only. Undefined: no value. */
  onChange?: ((value: unknown) => void) | undefined;
  placeholder?: string | undefined;
  description?: string | undefined;
  error?: string | undefined;
  required?: boolean | undefined;
}

/** JSON as it is typed; only what can be read becomes the value. */
export function JsonField({ label, accessibleName, value, onChange, placeholder, description, error, required }: JsonFieldProps) {
  const given = value === undefined || value === null ? '' : jsonText(value);
  const [typed, setTyped] = useState(given);
  const [adopted, setAdopted] = useState(given);
  // The value was changed elsewhere.
  if (adopted !== given) {
    setAdopted(given);
    if (normal(typed) !== normal(given)) setTyped(given);
  }
  const type = (text: string) => {
    setTyped(text);
    const parsed = parse(text);
    if (!parsed) return;
    setAdopted(parsed.value === undefined ? '' : jsonText(parsed.value));
    onChange?.(parsed.value);
  };
  return (
    <div>
      <FieldLabel label={label} description={description} required={required} />
      <JsonEditor label={accessibleName ?? label} value={typed} onChange={onChange && type} placeholder={placeholder ?? '{ }'} error={error} minLines={2} />
    </div>
  );
}

function parse(text: string): { value: unknown } | undefined {
  if (text.trim() === '') return { value: undefined };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

const normal = (text: string): string => {
  const parsed = parse(text);
  return parsed ? String(JSON.stringify(parsed.value)) : text;
};
