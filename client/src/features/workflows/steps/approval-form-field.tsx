import { ActionIcon, Button, Checkbox, Group, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { fieldId, focusField, useField } from '../editor-context';
import classes from '../editor.module.css';
import { fieldKinds, fieldsOf, schemaOf, type AskedField, type FieldKind } from './approval-form';
import { SchemaField } from './schema-field';

interface ApprovalFormFieldProps {
  anchor: string;
  /** A JSON Schema; while that is no JSON yet, the text as it is typed; undefined: nothing is filled in. */
  schema: unknown;
  onChange: (schema: unknown) => void;
}

const noField: AskedField = { name: '', kind: 'text', required: false, choices: [] };

/** What whoever approves fills in. A schema that says more than rows of fields can is edited as JSON. */
export function ApprovalFormField({ anchor, schema, onChange }: ApprovalFormFieldProps) {
  const [asJson, setAsJson] = useState(false);
  const rows = fieldsOf(schema);
  return (
    <div>
      <Switch label="Whoever approves fills in a form" checked={schema !== undefined} onChange={({ currentTarget: { checked } }) => onChange(checked ? schemaOf([]) : undefined)} />
      {schema !== undefined && (
        <div className={classes.belowSwitch}>
          {rows && !asJson ? (
            <FormRows anchor={anchor} kept={rows} onChange={(fields) => onChange(schemaOf(fields))} />
          ) : (
            <SchemaField anchor={anchor} label="Form, as a JSON Schema" schema={schema} onChange={onChange} />
          )}
          {rows && (
            <Button mt={8} variant="subtle" size="compact-sm" onClick={() => setAsJson(!asJson)}>{asJson ? 'Edit as a list of fields' : 'Edit as JSON Schema'}</Button>
          )}
        </div>
      )}
    </div>
  );
}

function FormRows({ anchor, kept, onChange }: { anchor: string; kept: AskedField[]; onChange: (fields: AskedField[]) => void }) {
  const { error } = useField(anchor);
  const [typed, setTyped] = useState(kept.length > 0 ? kept : [noField]);
  // What is typed counts for as long as it means what is kept: a field that has no name yet is not.
  const rows = JSON.stringify(schemaOf(typed)) === JSON.stringify(schemaOf(kept)) ? typed : kept;
  const set = (next: AskedField[]) => {
    setTyped(next);
    onChange(next);
  };
  const add = () => {
    set([...rows, noField]);
    requestAnimationFrame(() => focusField(`${anchor}.${rows.length}`));
  };
  return (
    <div role="group" aria-label="Fields of the form" id={fieldId(anchor)} tabIndex={-1}>
      <ol className={classes.lines}>
        {rows.map((row, index) => (
          <FormRow
            key={index}
            id={fieldId(`${anchor}.${index}`)}
            row={row}
            place={index + 1}
            isTaken={row.name.trim() !== '' && rows.findIndex(({ name }) => name.trim() === row.name.trim()) < index}
            onChange={(changes) => set(rows.with(index, { ...row, ...changes }))}
            onRemove={() => set(rows.toSpliced(index, 1))}
          />
        ))}
      </ol>
      <Button variant="default" size="compact-sm" leftSection={<IconPlus size={14} />} onClick={add}>Add field</Button>
      {error && <p className={classes.problem}>{error}</p>}
    </div>
  );
}

const kindNames: Record<FieldKind, string> = { text: 'Text', number: 'Number', integer: 'Whole number', boolean: 'Yes or no', date: 'Date', choice: 'Choice' };

interface FormRowProps {
  id: string;
  row: AskedField;
  place: number;
  /** A field above has this name. */
  isTaken: boolean;
  onChange: (changes: Partial<AskedField>) => void;
  onRemove: () => void;
}

function FormRow({ id, row, place, isTaken, onChange, onRemove }: FormRowProps) {
  const called = row.name.trim() || `field ${place}`;
  const chooseKind = (value: string | null) => {
    const kind = fieldKinds.find((each) => each === value);
    if (kind) onChange({ kind });
  };
  return (
    <li className={classes.line} aria-label={called}>
      <TextInput
        id={id}
        aria-label={`Name of field ${place}`}
        placeholder="amount"
        maxLength={100}
        error={isTaken ? 'A field above has this name.' : undefined}
        value={row.name}
        onChange={({ currentTarget }) => onChange({ name: currentTarget.value })}
      />
      <Group gap={12} align="center">
        <Select aria-label={`Kind of ${called}`} w={144} allowDeselect={false} data={fieldKinds.map((value) => ({ value, label: kindNames[value] }))} value={row.kind} onChange={chooseKind} />
        <Checkbox label="Required" aria-label={`${called} is required`} checked={row.required} onChange={({ currentTarget }) => onChange({ required: currentTarget.checked })} />
        {row.kind === 'choice' && (
          <TagsInput flex="1 1 200px" aria-label={`Choices of ${called}`} placeholder={row.choices.length > 0 ? undefined : 'Type one, then Enter'} value={row.choices} onChange={(choices) => onChange({ choices })} />
        )}
      </Group>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={`Remove ${called}`} title="Remove" onClick={onRemove}>
        <IconX size={16} />
      </ActionIcon>
    </li>
  );
}
