import { Input, NumberInput, Select, Skeleton, Switch, TextInput } from '@mantine/core';
import { lazy, Suspense, type ReactNode } from 'react';
import { rulesInWords, rulesOfSchema, type InputRules } from './input-rules';
import { isLeftOpen } from './run-values';
import { TextOrFileInput } from './text-or-file-input';
import type { WorkflowInput } from './workflow.operations';

const JsonEditor = lazy(() => import('../prompts/editor/code/json-editor').then((module) => ({ default: module.JsonEditor })));

export interface RunFieldProps {
  id: string;
  input: WorkflowInput;
  text: string;
  error: string | undefined;
  autoFocus: boolean;
  onChange: (text: string) => void;
}

interface CommonProps {
  id: string;
  label: string;
  description: ReactNode;
  withAsterisk: boolean;
  error: string | undefined;
  'data-autofocus': true | undefined;
}

/** The field for one of a workflow's inputs, as its type and its schema want it. */
export function RunField({ id, input, text, error, autoFocus, onChange }: RunFieldProps) {
  const rules = rulesOfSchema(input.type, input.schema) ?? {};
  const description = [input.description, rules.enum ? undefined : rulesInWords(rules)].filter(Boolean).join(' · ');
  const common: CommonProps = { id, label: input.name, description: description || undefined, withAsterisk: input.required, error, 'data-autofocus': autoFocus || undefined };
  if (rules.enum && input.type !== 'BOOLEAN') {
    return (
      <Select
        {...common}
        placeholder={input.required ? 'Choose' : 'Not given'}
        data={[...new Set(rules.enum.map(String))]}
        clearable={!input.required}
        searchable={rules.enum.length > 8}
        value={text || null}
        onChange={(value) => onChange(value ?? '')}
      />
    );
  }
  switch (input.type) {
    case 'TEXT':
      return <TextOrFileInput {...common} text={text} onChange={onChange} />;
    case 'NUMBER':
      return (
        <NumberInput
          {...common}
          min={rules.minimum}
          max={rules.maximum}
          allowDecimal={rules.type !== 'integer'}
          clampBehavior="none"
          value={text}
          onChange={(value) => onChange(String(value))}
        />
      );
    case 'BOOLEAN':
      return <BooleanField common={common} isOptional={isLeftOpen(input)} text={text} onChange={onChange} />;
    case 'JSON':
      return <JsonInputField common={common} text={text} autoFocus={autoFocus} onChange={onChange} />;
    case 'STRING':
      return <LineField common={common} format={rules.format} text={text} onChange={onChange} />;
  }
}

interface FieldProps {
  common: CommonProps;
  text: string;
  onChange: (text: string) => void;
}

function BooleanField({ common, isOptional, text, onChange }: FieldProps & { isOptional: boolean }) {
  if (!isOptional) {
    const { withAsterisk: _, ...others } = common;
    return <Switch {...others} checked={text === 'true'} onChange={({ currentTarget: { checked } }) => onChange(String(checked))} />;
  }
  return (
    <Select
      {...common}
      placeholder="Not given"
      data={[{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
      clearable
      value={text || null}
      onChange={(value) => onChange(value ?? '')}
    />
  );
}

function JsonInputField({ common, text, autoFocus, onChange }: FieldProps & { autoFocus: boolean }) {
  const { id, label, description, withAsterisk, error } = common;
  return (
    <Input.Wrapper id={id} labelElement="div" label={label} description={description} withAsterisk={withAsterisk}>
      <Suspense fallback={<Skeleton height={90} mt={4} />}>
        <div style={{ marginTop: 4 }}>
          <JsonEditor label={label} value={text} onChange={onChange} minLines={3} error={error} autoFocus={autoFocus} />
        </div>
      </Suspense>
    </Input.Wrapper>
  );
}

const inputKinds = { date: 'date', 'date-time': 'datetime-local', email: 'email', uri: 'url', uuid: 'text' } as const;

function LineField({ common, format, text, onChange }: FieldProps & { format: InputRules['format'] }) {
  // A time is given by the person's own clock, and kept as an instant.
  const isTime = format === 'date-time';
  const instant = new Date(text);
  const local = Number.isNaN(instant.getTime()) ? '' : new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  const take = (value: string) => onChange(isTime && value !== '' ? new Date(value).toISOString() : value);
  return (
    <TextInput
      {...common}
      type={format ? inputKinds[format] : 'text'}
      value={isTime ? local : text}
      onChange={({ currentTarget: { value } }) => take(value)}
    />
  );
}
