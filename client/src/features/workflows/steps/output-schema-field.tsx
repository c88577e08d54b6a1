import { Switch } from '@mantine/core';
import { useState } from 'react';
import classes from '../editor.module.css';
import { JsonField } from './code-fields';

interface OutputSchemaFieldProps {
  anchor: string;
  /** A schema; while that is no JSON yet, the text as it is typed; undefined: the answer may be anything. */
  schema: unknown;
  onChange: (schema: unknown) => void;
}

const firstSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };

/** Whether the answer is free text, or JSON that fits a schema. */
export function OutputSchemaField({ anchor, schema, onChange }: OutputSchemaFieldProps) {
  const [typed, setTyped] = useState('');
  // What is typed counts for as long as it means what is kept: line breaks and spaces are the person's own.
  const text = typeof schema === 'string' ? schema : JSON.stringify(objectIn(typed)) === JSON.stringify(schema) ? typed : JSON.stringify(schema, null, 2);
  return (
    <div>
      <Switch label="The answer is JSON that fits a schema" checked={schema !== undefined} onChange={({ currentTarget: { checked } }) => onChange(checked ? firstSchema : undefined)} />
      {schema !== undefined && (
        <div className={classes.belowSwitch}>
          <JsonField
            anchor={anchor}
            label="Output schema, as a JSON Schema"
            value={text}
            example='{ "type": "object", "properties": { } }'
            onChange={(next) => {
              setTyped(next);
              onChange(objectIn(next) ?? next);
            }}
          />
        </div>
      )}
    </div>
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
