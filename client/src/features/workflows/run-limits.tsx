import { NumberInput, Select } from '@mantine/core';
import type { Draft, DraftLimits } from './draft';
import { useEditor, useField } from './editor-context';
import classes from './editor.module.css';

const minuteMs = 60_000;

/** What holds runs of the whole workflow back, or ends them. */
export function RunLimits() {
  const { draft, change } = useEditor();
  const { limits } = draft;
  const setLimits = (changes: Partial<DraftLimits>, anchor: string) => change((current) => ({ ...current, limits: { ...current.limits, ...changes } }), anchor);
  return (
    <section className={classes.section} aria-labelledby="limits-title">
      <h2 id="limits-title" className={classes.sectionTitle}>Limits</h2>
      <p className={classes.sectionHint}>What is left empty is not limited.</p>
      <div className={classes.limits}>
        <Limit
          anchor="maxParallel"
          label="Steps at the same time"
          description="At most so many run side by side."
          value={draft.maxParallel}
          onChange={(maxParallel, anchor) => change((current) => ({ ...current, maxParallel: maxParallel ?? 1 }), anchor)}
        />
        <Limit
          anchor="deadlineMs"
          label="Deadline"
          description="Longest that a run may take, with its waits."
          suffix=" min"
          decimalScale={3}
          value={limits.deadlineMs === null ? null : limits.deadlineMs / minuteMs}
          onChange={(minutes, anchor) => setLimits({ deadlineMs: minutes === null ? null : Math.round(minutes * minuteMs) }, anchor)}
        />
        <Limit
          anchor="budgetUsd"
          label="Budget"
          description="Most that one run may cost."
          prefix="$"
          decimalScale={6}
          value={limits.budgetUsd}
          onChange={(budgetUsd, anchor) => setLimits({ budgetUsd }, anchor)}
        />
        <Limit
          anchor="concurrency.maxRuns"
          label="Runs at the same time"
          description="Further ones wait for their turn."
          value={limits.maxRuns}
          onChange={(maxRuns, anchor) => setLimits({ maxRuns }, anchor)}
        />
        <RunKey draft={draft} onChange={(runKey) => setLimits({ runKey, ...(runKey.kind === 'none' && { maxRunsPerKey: null }) }, 'concurrency.key')} />
        <Limit
          anchor="concurrency.maxRunsPerKey"
          label="Runs with the same value"
          description="Of the input chosen beside this."
          value={limits.maxRunsPerKey}
          onChange={(maxRunsPerKey, anchor) => setLimits({ maxRunsPerKey }, anchor)}
        />
      </div>
    </section>
  );
}

interface LimitProps {
  anchor: string;
  label: string;
  description: string;
  value: number | null;
  onChange: (value: number | null, anchor: string) => void;
  prefix?: string;
  suffix?: string;
  decimalScale?: number;
}

function Limit({ anchor, value, onChange, decimalScale = 0, ...others }: LimitProps) {
  const field = useField(anchor);
  return <NumberInput {...field} {...others} min={0} decimalScale={decimalScale} value={value ?? ''} onChange={(typed) => onChange(typed === '' ? null : Number(typed), anchor)} />;
}

function RunKey({ draft, onChange }: { draft: Draft; onChange: (key: DraftLimits['runKey']) => void }) {
  const field = useField('concurrency.key');
  const { runKey } = draft.limits;
  const chosen = runKey.kind === 'input' ? runKey.id : runKey.kind === 'reference' ? runKey.from : null;
  const offered = draft.inputs.map(({ id, name }) => ({ value: id, label: name.trim() || 'Input without a name' }));
  const isOffered = chosen === null || offered.some(({ value }) => value === chosen);
  return (
    <Select
      {...field}
      label="Runs are told apart by"
      description="An input, such as the customer."
      placeholder="Nothing"
      clearable
      data={isOffered ? offered : [...offered, { value: chosen, label: runKey.kind === 'reference' ? runKey.from : 'A removed input' }]}
      value={chosen}
      onChange={(id) => {
        if (id === null) onChange({ kind: 'none' });
        else if (id !== chosen) onChange({ kind: 'input', id, path: '' });
      }}
    />
  );
}
