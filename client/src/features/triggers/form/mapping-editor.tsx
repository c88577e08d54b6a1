import { Autocomplete, SegmentedControl, Text } from '@mantine/core';
import { useMemo } from 'react';
import { inputTypeNames } from '../../workflows/input-value';
import { RunField } from '../../workflows/run-field';
import type { WorkflowInput } from '../../workflows/workflow.operations';
import { valueRows } from './arrived/value-rows';
import classes from './form.module.css';
import { MappingPreview } from './mapping-preview';
import { mappedInput, readMapping, type MappedInput, type TriggerDraft } from './trigger-draft';

interface MappingEditorProps {
  draft: TriggerDraft;
  inputs: readonly WorkflowInput[];
  /** An example, by the names that paths begin with. */
  arrives: Readonly<Record<string, unknown>>;
  problems: Readonly<Record<string, string>>;
  onChange: (input: string, mapped: MappedInput) => void;
}

/** What each input of the workflow is given. */
export function MappingEditor({ draft, inputs, arrives, problems, onChange }: MappingEditorProps) {
  const paths = useMemo(() => valueRows(arrives, new Set()).map(({ id, shown }) => ({ value: id, shown })), [arrives]);
  const { mapping } = readMapping(draft, inputs, arrives);
  if (inputs.length === 0) return <Text c="dimmed">This workflow takes no inputs, so there is nothing to map.</Text>;
  return (
    <>
      <ul className={classes.inputs} aria-label="Inputs of the workflow">
        {inputs.map((input) => (
          <InputRow
            key={input.name}
            input={input}
            mapped={mappedInput(draft, input, arrives)}
            paths={paths}
            problem={problems[`mapping.${input.name}`]}
            onChange={(mapped) => onChange(input.name, mapped)}
          />
        ))}
      </ul>
      {draft.workflowId && <MappingPreview workflowId={draft.workflowId} type={draft.type} settings={draft.settings} mapping={mapping} payload={arrives['payload']} />}
    </>
  );
}

interface InputRowProps {
  input: WorkflowInput;
  mapped: MappedInput;
  paths: readonly { value: string; shown: string }[];
  problem: string | undefined;
  onChange: (mapped: MappedInput) => void;
}

function InputRow({ input, mapped, paths, problem, onChange }: InputRowProps) {
  const { name, type, required, description, defaultValue } = input;
  const isOptional = !required || (defaultValue ?? null) !== null;
  const kinds = [
    { value: 'PATH', label: 'From what arrives' },
    { value: 'VALUE', label: 'Always the same' },
    ...(isOptional ? [{ value: 'DEFAULT', label: 'Left out' }] : []),
  ];
  return (
    <li className={classes.input}>
      <div className={classes.inputHead}>
        <span>
          <strong className={classes.inputName}>{name}</strong>
          {!isOptional && <span className={classes.needed}> needed</span>}
          <span className={classes.inputType}>{inputTypeNames[type]}{description && ` · ${description}`}</span>
        </span>
        <SegmentedControl
          size="xs"
          aria-label={`Where ${name} comes from`}
          data={kinds}
          value={mapped.kind}
          onChange={(kind) => onChange({ ...mapped, kind: kind === 'PATH' || kind === 'VALUE' ? kind : 'DEFAULT' })}
        />
      </div>
      {mapped.kind === 'PATH' ? (
        <Autocomplete
          aria-label={`Path of ${name}`}
          placeholder="payload.customer.email"
          spellCheck={false}
          classNames={{ input: classes.path }}
          data={paths.map(({ value }) => value)}
          limit={50}
          maxLength={500}
          renderOption={({ option }) => (
            <span className={classes.option}>
              <span className={classes.path}>{option.value}</span>
              <span className={classes.optionValue}>{paths.find(({ value }) => value === option.value)?.shown}</span>
            </span>
          )}
          value={mapped.path}
          error={problem}
          onChange={(path) => onChange({ ...mapped, path })}
        />
      ) : mapped.kind === 'VALUE' ? (
        <RunField id={`fixed-${name}`} input={{ ...input, description: '' }} text={mapped.text} error={problem} autoFocus={false} onChange={(text) => onChange({ ...mapped, text })} />
      ) : (
        <>
          <Text size="sm" c="dimmed">{(defaultValue ?? null) === null ? 'The run begins without it.' : `The workflow’s own value: ${JSON.stringify(defaultValue)}`}</Text>
          {problem && <Text size="xs" c="var(--mantine-color-error)" role="alert">{problem}</Text>}
        </>
      )}
    </li>
  );
}
