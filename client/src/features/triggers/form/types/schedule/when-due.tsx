import { Button, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useId, useMemo, useState } from 'react';
import classes from './schedule.module.css';
import { cronOf, simpleOf } from './simple-schedule';
import { SimpleFields } from './simple-fields';
import { timeZones } from './time-zones';

interface WhenDueProps {
  cron: string;
  timeZone: string;
  errors: Readonly<Record<string, string | undefined>>;
  onChange: (change: { cron?: string; timeZone?: string }) => void;
}

type Mode = 'simple' | 'cron';

/** The expression and its zone: in a form where that can say it, else as cron. */
export function WhenDue({ cron, timeZone, errors, onChange }: WhenDueProps) {
  const simple = simpleOf(cron);
  const [mode, setMode] = useState<Mode>(simple ? 'simple' : 'cron');
  const { own, all } = useMemo(() => timeZones(), []);
  const hintId = useId();
  return (
    <div className={classes.when_due}>
      <SegmentedControl
        className={classes.mode}
        aria-label="How to write when it is due"
        data={[{ value: 'simple', label: 'Simple' }, { value: 'cron', label: 'Cron' }]}
        value={mode}
        onChange={(chosen) => setMode(chosen)}
      />
      {mode === 'cron' ? (
        <TextInput
          label="Cron expression"
          description="Minute, hour, day of the month, month, weekday; with six fields the first is the second. Or @hourly, @daily, @weekly, @monthly, @yearly."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="0 9 * * 1-5"
          autoComplete="off"
          spellCheck={false}
          classNames={{ input: classes.cron ?? '' }}
          value={cron}
          error={errors['cron']}
          onChange={({ currentTarget }) => onChange({ cron: currentTarget.value })}
        />
      ) : simple ? (
        <SimpleFields value={simple} onChange={(next) => onChange({ cron: cronOf(next) })} />
      ) : (
        <div className={classes.beyond}>
          <p id={hintId} className={classes.hint}>This form can’t show “{cron}”. It stays as it is until you choose something here.</p>
          {errors['cron'] && <p className={classes.problem}>{errors['cron']}</p>}
          <Button variant="default" size="xs" aria-describedby={hintId} onClick={() => onChange({ cron: '0 9 * * *' })}>Every day at 09:00 instead</Button>
        </div>
      )}
      <Select
        label="Time zone"
        description={timeZone === own ? 'That of this browser.' : undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        searchable
        allowDeselect={false}
        maxDropdownHeight={280}
        limit={100}
        nothingFoundMessage="No such time zone. Zones have names such as Europe/Berlin."
        data={all.includes(timeZone) ? all : [timeZone, ...all]}
        value={timeZone}
        error={errors['timeZone']}
        filter={({ options, search }) => options.filter((option) => 'label' in option && option.label.toLowerCase().replaceAll('_', ' ').includes(search.trim().toLowerCase().replaceAll('_', ' ')))}
        onChange={(zone) => zone && onChange({ timeZone: zone })}
      />
    </div>
  );
}
