import { Autocomplete, Select, Textarea } from '@mantine/core';
import { addInput, newInput, setSource, type DraftRow, type DraftStep, type Source } from './draft';
import { sentValue } from './draft-definition';
import { useEditor, useField } from './editor-context';
import classes from './editor.module.css';
import { choicesFor, mayHaveParts, valueOf } from './source-choices';
import { describeValue, partsOf, secretsAmong, typeOf } from './value-parts';

const monospace = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } };

/** Where a step's input comes from: what is available at this step, with what it was in the last run, or a fixed value. */
export function SourceSelect({ step, row }: { step: DraftStep; row: DraftRow }) {
  const { draft, depth, change, valuesFor } = useEditor();
  const anchor = `steps.${step.id}.rows.${row.id}`;
  const field = useField(anchor);
  const { source } = row;
  const label = row.name.trim() || 'this value';
  const set = (next: Source) => change((current) => setSource(current, step.id, row.id, next), anchor);

  const available = valuesFor(step.key.trim());
  const groups = choicesFor(draft, step, row, { depth, secrets: secretsAmong(available) });
  const choices = groups.flatMap(({ items }) => items);
  const knownOf = (of: Source | undefined) => {
    const sent = of && sentValue(draft, 'path' in of ? { ...of, path: '' } : of);
    return sent && 'from' in sent ? available.find(({ from }) => from === sent.from) : undefined;
  };
  const choose = (value: string | null) => {
    if (value === null) return set({ kind: 'none' });
    const chosen = choices.find((choice) => choice.value === value);
    if (chosen?.source) return set(chosen.source);
    const input = newInput(row.name.trim(), 'TEXT');
    change((current) => setSource(addInput(current, input), step.id, row.id, { kind: 'input', id: input.id, path: '' }), anchor);
  };
  const known = knownOf(source);
  const part = 'path' in source && source.path !== '' ? partsOf(known?.sample).find(({ path }) => path === source.path) : undefined;
  const described = part ? describeValue(typeOf(part.value), part.value) : known && describeValue(known.type, known.sample);
  return (
    <div className={classes.source}>
      <Select
        {...field}
        error={source.kind === 'constant' ? undefined : field.error}
        aria-label={`Where ${label} comes from`}
        placeholder={row.optional ? 'Not given' : 'Choose where it comes from'}
        data={groups.map(({ group, items }) => ({ group, items: items.map(({ value, label: title }) => ({ value, label: title })) }))}
        value={valueOf(source)}
        onChange={choose}
        allowDeselect={false}
        clearable={row.optional}
        searchable={choices.length > 8}
        maxDropdownHeight={320}
        renderOption={({ option }) => {
          const value = knownOf(choices.find((choice) => choice.value === option.value)?.source);
          const told = value && describeValue(value.type, value.sample);
          return (
            <span>
              <span className={classes.choice}>{option.label}</span>
              {told && <span className={classes.typePurpose}>{told}</span>}
            </span>
          );
        }}
        description={described}
        inputWrapperOrder={['input', 'description', 'error']}
      />
      {'path' in source && mayHaveParts(draft, source, known?.sample) && (
        <PartInput label={label} path={source.path} sample={known?.sample} onChange={(path) => set({ ...source, path })} />
      )}
      {source.kind === 'constant' && (
        <Textarea
          aria-label={`The fixed value of ${label}`}
          placeholder={source.format === 'json' ? 'JSON, such as ["a", "b"] or 12' : 'Text'}
          autosize
          minRows={1}
          maxRows={8}
          value={source.text}
          error={field.error}
          onBlur={field.onBlur}
          onChange={({ currentTarget: { value } }) => set({ ...source, text: value })}
          styles={source.format === 'json' ? monospace : undefined}
        />
      )}
    </div>
  );
}

interface PartInputProps {
  label: string;
  path: string;
  /** What it was in the last run, whose parts are offered. */
  sample: unknown;
  onChange: (path: string) => void;
}

function PartInput({ label, path, sample, onChange }: PartInputProps) {
  const parts = partsOf(sample);
  return (
    <Autocomplete
      aria-label={`Which part of it ${label} is`}
      placeholder={parts[0] ? `All of it, or a part such as ${parts[0].path}` : 'All of it, or a path such as .items[0].title'}
      data={parts.map((each) => each.path)}
      maxDropdownHeight={320}
      renderOption={({ option }) => {
        const value = parts.find((each) => each.path === option.value)?.value;
        return (
          <span>
            <code>{option.value}</code>
            <span className={classes.typePurpose}>{describeValue(typeOf(value), value)}</span>
          </span>
        );
      }}
      value={path}
      onChange={onChange}
      styles={monospace}
    />
  );
}
