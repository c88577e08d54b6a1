import { SegmentedControl, TextInput } from '@mantine/core';
import { changeSettings, newRow, updateStep, type DraftStep } from '../draft';
import { fieldId, useEditor, useField } from '../editor-context';
import classes from '../editor.module.css';
import { SourceSelect } from '../source-select';
import { untilName, wayOf, type DelayWay } from './delay.rules';
import { DurationField } from './duration-field';
import { RowsProblem } from './named-values';
import { textSetting } from './step-rules';

const ways: { value: DelayWay; label: string }[] = [
  { value: 'duration', label: 'For a while' },
  { value: 'time', label: 'Until a time' },
  { value: 'value', label: 'Until a given time' },
];

const isWay = (value: string): value is DelayWay => ways.some((way) => way.value === value);

/** How long a step waits, or until when. */
export function DelayFields({ step }: { step: DraftStep }) {
  const { change } = useEditor();
  const anchor = `steps.${step.id}.delay`;
  const way = wayOf(step);
  const choose = (next: string) => {
    if (isWay(next)) change((draft) => updateStep(draft, step.id, (each) => waiting(each, next)), anchor);
  };
  return (
    <div className={classes.delay} id={fieldId(`steps.${step.id}.rows`)}>
      <SegmentedControl aria-label="How it waits" size="xs" data={ways} value={way} onChange={choose} />
      {way === 'duration' && <Duration step={step} anchor={anchor} />}
      {way === 'time' && <Time step={step} anchor={anchor} />}
      {way === 'value' && (
        <div>
          <RowsProblem step={step} />
          {step.rows.map((row) => <SourceSelect key={row.id} step={step} row={row} />)}
          <p className={classes.below}>A time such as 2026-03-01T09:00:00Z. One that has passed is not waited for.</p>
        </div>
      )}
    </div>
  );
}

function waiting(step: DraftStep, way: DelayWay): DraftStep {
  const { durationMs: _, until: __, ...others } = step.settings;
  const rows = step.rows.filter(({ name }) => name !== untilName);
  switch (way) {
    case 'duration':
      return { ...step, rows, settings: { ...others, durationMs: 60_000 } };
    case 'time':
      return { ...step, rows, settings: { ...others, until: '' } };
    case 'value':
      return { ...step, rows: [...rows, newRow(untilName)], settings: others };
  }
}

function Duration({ step, anchor }: { step: DraftStep; anchor: string }) {
  const { change } = useEditor();
  const { durationMs } = step.settings;
  return (
    <DurationField
      anchor={anchor}
      label="How long it waits"
      ms={typeof durationMs === 'number' ? durationMs : Number.NaN}
      onChange={(next) => change((draft) => changeSettings(draft, step.id, { durationMs: next }), anchor)}
    />
  );
}

/** As the person's clock has it; the definition holds an instant. */
function Time({ step, anchor }: { step: DraftStep; anchor: string }) {
  const { change } = useEditor();
  const field = useField(anchor);
  const instant = new Date(textSetting(step.settings, 'until'));
  const local = Number.isNaN(instant.getTime()) ? '' : new Date(instant.getTime() - instant.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  return (
    <TextInput
      {...field}
      type="datetime-local"
      aria-label="Until when it waits"
      description="In your time zone."
      w={240}
      value={local}
      onChange={({ currentTarget: { value } }) => {
        const until = value === '' ? '' : new Date(value).toISOString();
        change((draft) => updateStep(draft, step.id, (each) => ({ ...each, settings: { ...each.settings, until } })), anchor);
      }}
    />
  );
}
