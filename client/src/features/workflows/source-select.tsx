import { Select, TextInput, Textarea } from '@mantine/core';
import { addInput, newInput, setSource, stepsBefore, type Draft, type DraftRow, type DraftStep, type Source } from './draft';
import { sentValue } from './draft-definition';
import { nameOf } from './draft-problems';
import { useEditor, useField } from './editor-context';
import classes from './editor.module.css';
import { rulesOf } from './steps/rules-registry';
import type { AvailableValue } from './use-validation';

/** Where a step's input comes from: what is available at this step, or a fixed value. */
export function SourceSelect({ step, row }: { step: DraftStep; row: DraftRow }) {
  const { draft, change, valuesFor } = useEditor();
  const anchor = `steps.${step.id}.rows.${row.id}`;
  const field = useField(anchor);
  const { source } = row;
  const label = row.name.trim() || 'this value';
  const set = (next: Source) => change((current) => setSource(current, step.id, row.id, next), anchor);

  const choose = (value: string | null) => {
    if (value === null) return;
    if (value === newInputValue) {
      const input = newInput(row.name.trim(), 'TEXT');
      return change((current) => setSource(addInput(current, input), step.id, row.id, { kind: 'input', id: input.id, path: '' }), anchor);
    }
    const [kind, id = ''] = value.split(':');
    if (kind === 'input' || kind === 'step' || kind === 'error') set({ kind, id, path: '' });
    if (kind === 'constant') set({ kind, format: id === 'json' ? 'json' : 'text', text: source.kind === 'constant' ? source.text : '' });
  };
  const error = field.error;
  const whole = 'path' in source ? sentValue(draft, { ...source, path: '' }) : undefined;
  const available = whole && 'from' in whole ? valuesFor(step.key.trim()).find(({ from }) => from === whole.from) : undefined;
  return (
    <div className={classes.source}>
      <Select
        {...field}
        error={source.kind === 'constant' ? undefined : error}
        aria-label={`Where ${label} comes from`}
        placeholder="Choose where it comes from"
        data={optionsFor(draft, step, row)}
        value={valueOf(source)}
        onChange={choose}
        allowDeselect={false}
        maxDropdownHeight={320}
        description={available && describe(available)}
        inputWrapperOrder={['input', 'description', 'error']}
      />
      {(source.kind === 'input' || source.kind === 'step' || source.kind === 'error') && hasPath(draft, source) && (
        <TextInput
          aria-label={`Which part of it ${label} is`}
          placeholder="All of it, or a path such as .items[0].title"
          value={source.path}
          onChange={({ currentTarget: { value } }) => set({ ...source, path: value })}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } }}
        />
      )}
      {source.kind === 'constant' && (
        <Textarea
          aria-label={`The fixed value of ${label}`}
          placeholder={source.format === 'json' ? 'JSON, such as ["a", "b"] or 12' : 'Text'}
          autosize
          minRows={1}
          maxRows={8}
          value={source.text}
          error={error}
          onBlur={field.onBlur}
          onChange={({ currentTarget: { value } }) => set({ ...source, text: value })}
          styles={source.format === 'json' ? { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } } : undefined}
        />
      )}
    </div>
  );
}

function describe({ type, sample }: AvailableValue): string | undefined {
  const kind = type === 'unknown' ? [] : [type];
  const last = sample === null || sample === undefined ? [] : [`such as ${excerpt(typeof sample === 'string' ? `“${sample}”` : JSON.stringify(sample))}`];
  return [...kind, ...last].join(', ') || undefined;
}

const excerpt = (text: string): string => (text.length > 80 ? `${text.slice(0, 80)}…` : text);

const newInputValue = 'new-input';

function valueOf(source: Source): string | null {
  if (source.kind === 'none') return null;
  if (source.kind === 'constant') return `constant:${source.format}`;
  return source.kind === 'reference' ? `reference:${source.from}` : `${source.kind}:${source.id}`;
}

function optionsFor(draft: Draft, step: DraftStep, row: DraftRow): { group: string; items: { value: string; label: string }[] }[] {
  const earlier = stepsBefore(draft, step.id);
  const name = row.name.trim();
  const canAdd = name !== '' && !draft.inputs.some((input) => input.name.trim() === name);
  const groups = [
    {
      group: 'Workflow inputs',
      items: [
        ...draft.inputs.map(({ id, name: inputName }) => ({ value: `input:${id}`, label: inputName.trim() || 'Input without a name' })),
        ...(canAdd ? [{ value: newInputValue, label: `New input “${name}”` }] : []),
      ],
    },
    { group: 'Output of an earlier step', items: earlier.map(({ id, name: stepName, key }) => ({ value: `step:${id}`, label: stepName.trim() || key || nameOf(draft, id) })) },
    {
      group: 'What went wrong in an earlier step',
      items: earlier.filter(({ onError }) => onError.action !== 'STOP').map(({ id, name: stepName, key }) => ({ value: `error:${id}`, label: `Error of ${stepName.trim() || key || nameOf(draft, id)}` })),
    },
    { group: 'Fixed value', items: [{ value: 'constant:text', label: 'Fixed text' }, { value: 'constant:json', label: 'Fixed JSON value' }] },
  ];
  const chosen = valueOf(row.source);
  const isOffered = chosen === null || groups.some(({ items }) => items.some(({ value }) => value === chosen));
  const lost = isOffered ? [] : [{ group: 'Not available here', items: [{ value: chosen, label: lostLabel(draft, row.source) }] }];
  return [...lost, ...groups].filter(({ items }) => items.length > 0);
}

function lostLabel(draft: Draft, source: Source): string {
  if (source.kind === 'reference') return source.from;
  if (source.kind === 'step' && draft.steps.some(({ id }) => id === source.id)) return nameOf(draft, source.id);
  if (source.kind === 'error') return draft.steps.some(({ id }) => id === source.id) ? `Error of ${nameOf(draft, source.id)}` : 'Error of a removed step';
  return source.kind === 'step' ? 'A removed step' : 'A removed input';
}

/** Text has no parts; a path that stands there already is shown in any case. */
function hasPath(draft: Draft, source: Source & { path: string; id: string }): boolean {
  if (source.path !== '') return true;
  if (source.kind === 'input') return draft.inputs.find(({ id }) => id === source.id)?.type === 'JSON';
  const step = draft.steps.find(({ id }) => id === source.id);
  return source.kind === 'error' || (step !== undefined && rulesOf(step.type).hasParts);
}
