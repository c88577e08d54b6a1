import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useField } from '../editor-context';
import classes from '../editor.module.css';

const units = { s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
type Unit = keyof typeof units;

const unitChoices: { value: Unit; label: string }[] = [
  { value: 's', label: 'seconds' },
  { value: 'min', label: 'minutes' },
  { value: 'h', label: 'hours' },
  { value: 'd', label: 'days' },
];

const largestUnit = (ms: number): Unit => unitChoices.findLast(({ value }) => ms >= units[value] && ms % units[value] === 0)?.value ?? 's';

interface DurationFieldProps {
  anchor: string;
  label: string;
  /** NaN while nothing is typed. */
  ms: number;
  onChange: (ms: number) => void;
}

/** A length of time in a unit that the person chooses. */
export function DurationField({ anchor, label, ms, onChange }: DurationFieldProps) {
  const field = useField(anchor);
  const [unit, setUnit] = useState<Unit>(() => largestUnit(ms));
  return (
    <div className={classes.duration}>
      <NumberInput
        {...field}
        aria-label={label}
        min={0}
        decimalScale={3}
        value={Number.isNaN(ms) ? '' : ms / units[unit]}
        onChange={(typed) => onChange(typed === '' ? Number.NaN : Math.round(Number(typed) * units[unit]))}
      />
      <Select
        aria-label="Unit"
        allowDeselect={false}
        data={unitChoices}
        value={unit}
        onChange={(next) => {
          if (next === null) return;
          setUnit(next);
          if (!Number.isNaN(ms)) onChange((ms / units[unit]) * units[next]);
        }}
      />
    </div>
  );
}
