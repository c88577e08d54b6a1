import { Button, Group, NumberInput, Select, Switch, TagsInput, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconWand } from '@tabler/icons-react';
import { useState } from 'react';
import { schemaOf } from '../prompts/editor/model/schema-of-sample';
import { updateInput, type DraftInput } from './draft';
import { useEditor, useField } from './editor-context';
import classes from './editor.module.css';
import { rulesInWords, rulesOfSchema, schemaOfRules, type InputRules, type TextFormat } from './input-rules';
import { readJson, readValue } from './input-value';
import { JsonField } from './steps/code-fields';

/** What values of an input must be like, and what a person who tries the workflow begins with. */
export function InputMore({ input }: { input: DraftInput }) {
  const { problemAt } = useEditor();
  const [wanted, setWanted] = useState(false);
  const anchor = `inputs.${input.id}`;
  const opened = wanted || ['schema', 'sample'].some((field) => problemAt(`${anchor}.${field}`) !== undefined);
  return (
    <div className={classes.inputMore}>
      <UnstyledButton className={classes.more} aria-expanded={opened} onClick={() => setWanted(!opened)}>
        <IconChevronRight size={14} data-opened={opened || undefined} aria-hidden /> Rules and sample
        {!opened && <span className={classes.moreSummary}>{summaryOf(input)}</span>}
      </UnstyledButton>
      {opened && (
        <div className={classes.inputRules}>
          <Rules input={input} />
          <Sample input={input} />
        </div>
      )}
    </div>
  );
}

function summaryOf({ type, schemaText, sampleText }: DraftInput): string {
  const { value } = readOf(schemaText);
  const rules = rulesOfSchema(type, value);
  const said = schemaText.trim() === '' ? undefined : rules?.enum ? `one of ${rules.enum.join(', ')}` : ((rules && rulesInWords(rules)) ?? 'a JSON Schema');
  return [said, sampleText.trim() === '' ? undefined : 'a sample'].filter(Boolean).join(' · ') || 'none';
}

/** Nothing written is no schema. */
function readOf(text: string): { value?: unknown } {
  const reading = text.trim() === '' ? { value: undefined } : readJson(text);
  return reading.problem === undefined ? reading : {};
}

function Rules({ input }: { input: DraftInput }) {
  const { change } = useEditor();
  const [raw, setRaw] = useState(false);
  const anchor = `inputs.${input.id}.schema`;
  const field = useField(anchor);
  const { value: schema } = readOf(input.schemaText);
  const rules = input.schemaText.trim() !== '' && schema === undefined ? undefined : rulesOfSchema(input.type, schema);
  const setText = (schemaText: string) => change((draft) => updateInput(draft, input.id, { schemaText }), anchor);
  const set = (next: InputRules) => {
    const made = schemaOfRules(input.type, next);
    setText(made ? JSON.stringify(made, null, 2) : '');
  };
  if (rules && !raw) {
    return (
      <div id={field.id} tabIndex={-1} onBlur={field.onBlur}>
        <RuleFields input={input} rules={rules} onChange={set} />
        {field.error && <p className={classes.problem}>{field.error}</p>}
        <Button variant="subtle" color="gray" size="compact-xs" mt={8} ml={-8} onClick={() => setRaw(true)}>Write it as a JSON Schema</Button>
      </div>
    );
  }
  const sample = readOf(input.sampleText).value;
  return (
    <div>
      <JsonField
        anchor={anchor}
        label={`JSON Schema of ${input.name.trim() || 'the input'}`}
        value={input.schemaText}
        example='{ "type": "object", "properties": { } }'
        hint="A JSON Schema that values must fit. With nothing written, every value of the type fits."
        onChange={setText}
      />
      <Group gap="xs" mt={8}>
        {input.type === 'JSON' && (
          <Button
            variant="default"
            size="compact-xs"
            leftSection={<IconWand size={14} />}
            disabled={sample === undefined}
            title={sample === undefined ? 'Write a sample first' : undefined}
            onClick={() => setText(JSON.stringify(schemaOf(sample), null, 2))}
          >
            Make it from the sample
          </Button>
        )}
        {rules && <Button variant="subtle" color="gray" size="compact-xs" onClick={() => setRaw(false)}>Use the fields</Button>}
      </Group>
    </div>
  );
}

const formatChoices: { value: TextFormat; label: string }[] = [
  { value: 'date', label: 'Date' },
  { value: 'date-time', label: 'Date and time' },
  { value: 'email', label: 'Email address' },
  { value: 'uri', label: 'Address of a page' },
  { value: 'uuid', label: 'UUID' },
];

interface RuleFieldsProps {
  input: DraftInput;
  rules: InputRules;
  onChange: (rules: InputRules) => void;
}

function RuleFields({ input, rules, onChange }: RuleFieldsProps) {
  const called = input.name.trim() || 'the input';
  const isNumber = input.type === 'NUMBER';
  const limit = (field: 'minLength' | 'maxLength' | 'minimum' | 'maximum', label: string) => (
    <NumberInput
      label={label}
      aria-label={`${label} of ${called}`}
      placeholder="No limit"
      hideControls
      allowDecimal={isNumber}
      min={isNumber ? undefined : 0}
      value={rules[field] ?? ''}
      onChange={(value) => onChange({ ...rules, [field]: typeof value === 'number' ? value : undefined })}
    />
  );
  if (input.type === 'BOOLEAN') return <p className={classes.below}>Yes or no needs no rules.</p>;
  return (
    <div className={classes.ruleFields}>
      <TagsInput
        className={classes.wideRule}
        label="Allowed values"
        aria-label={`Allowed values of ${called}`}
        description="The form then offers these alone."
        placeholder={rules.enum?.length ? undefined : 'Any: type one, then Enter'}
        value={(rules.enum ?? []).map(String)}
        onChange={(values) => onChange({ ...rules, enum: isNumber ? values.map(Number).filter(Number.isFinite) : values })}
      />
      {isNumber ? limit('minimum', 'At least') : limit('minLength', 'Shortest, in characters')}
      {isNumber ? limit('maximum', 'At most') : limit('maxLength', 'Longest, in characters')}
      {isNumber ? (
        <Switch className={classes.ruleSwitch} label="Whole numbers only" checked={rules.type === 'integer'} onChange={({ currentTarget: { checked } }) => onChange({ ...rules, type: checked ? 'integer' : 'number' })} />
      ) : (
        <>
          <TextInput
            label="Pattern"
            aria-label={`Pattern of ${called}`}
            placeholder="A regular expression, such as ^o-"
            value={rules.pattern ?? ''}
            onChange={({ currentTarget: { value } }) => onChange({ ...rules, pattern: value || undefined })}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
          />
          {input.type === 'STRING' && (
            <Select label="Kind of text" aria-label={`Kind of text of ${called}`} placeholder="Any" clearable data={formatChoices} value={rules.format ?? null} onChange={(format) => onChange({ ...rules, format: formatChoices.find(({ value }) => value === format)?.value })} />
          )}
        </>
      )}
    </div>
  );
}

function Sample({ input }: { input: DraftInput }) {
  const { change } = useEditor();
  const anchor = `inputs.${input.id}.sample`;
  const field = useField(anchor);
  const set = (sampleText: string) => change((draft) => updateInput(draft, input.id, { sampleText }), anchor);
  const label = `Sample of ${input.name.trim() || 'the input'}`;
  const fromDefault = input.sampleText === '' && input.defaultText !== '' && readValue(input.type, input.defaultText).problem === undefined;
  if (input.type === 'JSON') return <JsonField anchor={anchor} label={label} anyJson value={input.sampleText} example="A sample, such as { }" hint="What trying the workflow begins with." onChange={set} />;
  return (
    <TextInput
      {...field}
      label="Sample"
      aria-label={label}
      description="What trying the workflow begins with."
      placeholder={fromDefault ? input.defaultText : 'None'}
      value={input.sampleText}
      onChange={({ currentTarget: { value } }) => set(value)}
    />
  );
}
