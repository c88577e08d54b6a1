import { useState } from 'react';
import { JsonField } from './code-fields';

interface SchemaFieldProps {
  anchor: string;
  label: string;
  /** While it is no JSON object yet, the text as it is typed. */
  schema: unknown;
  onChange: (schema: unknown) => void;
}

/** A JSON Schema as text. */
export function SchemaField({ anchor, label, schema, onChange }: SchemaFieldProps) {
  const [typed, setTyped] = useState('');
  // What is typed counts for as long as it means what is kept: line breaks and spaces are the person's own.
  const text = typeof schema === 'string' ? schema : JSON.stringify(objectIn(typed)) === JSON.stringify(schema) ? typed : JSON.stringify(schema, null, 2);
  return (
    <JsonField
      anchor={anchor}
      label={label}
      value={text}
      example='{ "type": "object", "properties": { } }'
      onChange={(next) => {
        setTyped(next);
        onChange(objectIn(next) ?? next);
      }}
    />
  );
}

function objectIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
