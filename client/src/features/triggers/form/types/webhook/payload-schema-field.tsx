import { Skeleton, Switch } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';

const JsonEditor = lazy(() => import('../../../../prompts/editor/code/json-editor').then((module) => ({ default: module.JsonEditor })));

const example = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };

interface PayloadSchemaFieldProps {
  schema: unknown;
  error: string | undefined;
  onChange: (schema: unknown) => void;
}

/** A JSON Schema that payloads must fit, where there is to be one. */
export function PayloadSchemaField({ schema, error, onChange }: PayloadSchemaFieldProps) {
  const [typed, setTyped] = useState('');
  // What is typed counts for as long as it means what is kept: line breaks and spaces are the person's own.
  const text = typeof schema === 'string' ? schema : JSON.stringify(objectIn(typed)) === JSON.stringify(schema) ? typed : JSON.stringify(schema, null, 2);
  return (
    <>
      <Switch
        label="Check the payload against a JSON Schema"
        description="What does not fit is refused with what is wrong of it, and launches nothing."
        checked={schema !== undefined}
        onChange={({ currentTarget }) => onChange(currentTarget.checked ? example : undefined)}
      />
      {schema !== undefined && (
        <Suspense fallback={<Skeleton height={180} />}>
          <JsonEditor
            label="JSON Schema of the payload"
            value={text}
            mustBeObject
            minLines={7}
            error={error}
            onChange={(next) => {
              setTyped(next);
              onChange(objectIn(next) ?? next);
            }}
          />
        </Suspense>
      )}
    </>
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
