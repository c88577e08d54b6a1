import { Switch } from '@mantine/core';
import classes from '../editor.module.css';
import { SchemaField } from './schema-field';

interface OutputSchemaFieldProps {
  anchor: string;
  /** A schema; while that is no JSON yet, the text as it is typed; undefined: the answer may be anything. */
  schema: unknown;
  onChange: (schema: unknown) => void;
}

const firstSchema = { type: 'object', properties: {}, required: [], additionalProperties: false };

/** Whether the answer is free text, or JSON that fits a schema. */
export function OutputSchemaField({ anchor, schema, onChange }: OutputSchemaFieldProps) {
  return (
    <div>
      <Switch label="The answer is JSON that fits a schema" checked={schema !== undefined} onChange={({ currentTarget: { checked } }) => onChange(checked ? firstSchema : undefined)} />
      {schema !== undefined && (
        <div className={classes.belowSwitch}>
          <SchemaField anchor={anchor} label="Output schema, as a JSON Schema" schema={schema} onChange={onChange} />
        </div>
      )}
    </div>
  );
}
