import { Chip, Group, Input, NumberInput, Select, TextInput } from '@mantine/core';
import classes from './schedule.module.css';
import { minuteSteps, type Repeat, type SimpleSchedule, weekdayNames } from './simple-schedule';

const repeats: { value: Repeat; label: string }[] = [
  { value: 'minutes', label: 'Every few minutes' },
  { value: 'hourly', label: 'Every hour' },
  { value: 'daily', label: 'Every day' },
  { value: 'workdays', label: 'Monday to Friday' },
  { value: 'weekly', label: 'Every week' },
  { value: 'monthly', label: 'Every month' },
];

/** When a workflow runs, for those who would rather not write cron. */
export function SimpleFields({ value, onChange }: { value: SimpleSchedule; onChange: (value: SimpleSchedule) => void }) {
  return (
    <>
      <div className={classes.row}>
        <Select label="Repeats" data={repeats} value={value.repeat} allowDeselect={false} onChange={(repeat) => repeat && onChange(changed(value, repeat))} />
        {value.repeat === 'minutes' && (
          <Select
            label="How often"
            data={minuteSteps.map((step) => ({ value: String(step), label: step === 1 ? 'Every minute' : `Every ${step} minutes` }))}
            value={String(value.every)}
            allowDeselect={false}
            onChange={(every) => every && onChange({ ...value, every: Number(every) })}
          />
        )}
        {value.repeat === 'hourly' && (
          <NumberInput label="Minutes past the hour" min={0} max={59} clampBehavior="strict" allowDecimal={false} value={value.minute} onChange={(minute) => minute !== '' && onChange({ ...value, minute: Number(minute) })} />
        )}
        {value.repeat === 'monthly' && (
          <Select label="On day" data={monthDays} value={String(value.day)} allowDeselect={false} onChange={(day) => day && onChange({ ...value, day: day === 'last' ? 'last' : Number(day) })} />
        )}
        {'time' in value && <TextInput label="At" type="time" value={value.time} onChange={({ currentTarget }) => currentTarget.value && onChange({ ...value, time: currentTarget.value.slice(0, 5) })} />}
      </div>
      {value.repeat === 'weekly' && <Weekdays days={value.days} onChange={(days) => onChange({ ...value, days })} />}
      {value.repeat === 'monthly' && typeof value.day === 'number' && value.day > 28 && <p className={classes.hint}>Months without a day {value.day} are skipped. “Last day” is in every month.</p>}
    </>
  );
}

const monthDays = [...Array.from({ length: 31 }, (_, index) => ({ value: String(index + 1), label: String(index + 1) })), { value: 'last', label: 'Last day' }];
const mondayFirst = [1, 2, 3, 4, 5, 6, 0];

function Weekdays({ days, onChange }: { days: number[]; onChange: (days: number[]) => void }) {
  return (
    <Input.Wrapper label="On" labelElement="div">
      <Chip.Group multiple value={days.map(String)} onChange={(chosen) => chosen.length > 0 && onChange(chosen.map(Number).sort((one, other) => one - other))}>
        <Group gap={6} role="group" aria-label="Weekdays">
          {mondayFirst.map((day) => <Chip key={day} value={String(day)} size="xs" aria-label={weekdayNames[day] ?? ''}>{weekdayNames[day]?.slice(0, 3)}</Chip>)}
        </Group>
      </Chip.Group>
    </Input.Wrapper>
  );
}

/** Keeps the time of the day where both have one. */
function changed(value: SimpleSchedule, repeat: Repeat): SimpleSchedule {
  const time = 'time' in value ? value.time : '09:00';
  switch (repeat) {
    case 'minutes':
      return { repeat, every: 15 };
    case 'hourly':
      return { repeat, minute: 0 };
    case 'daily':
    case 'workdays':
      return { repeat, time };
    case 'weekly':
      return { repeat, days: [1], time };
    case 'monthly':
      return { repeat, day: 1, time };
  }
}
