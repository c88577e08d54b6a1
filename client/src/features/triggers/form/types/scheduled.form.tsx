import { NumberInput, Select } from '@mantine/core';
import { SchedulePreviewPanel } from './schedule/schedule-preview';
import classes from './schedule/schedule.module.css';
import { useSchedulePreview } from './schedule/use-schedule-preview';
import { WhenDue } from './schedule/when-due';

export interface ScheduleSettings {
  cron: string;
  timeZone: string;
  missed: 'SKIP' | 'ONCE' | 'ALL';
  missedLimit: number;
  jitterSeconds: number;
}

interface ScheduledFormProps {
  value: ScheduleSettings;
  onChange: (value: ScheduleSettings) => void;
  /** By the name of the setting. */
  errors: Readonly<Record<string, string | undefined>>;
}

const missedPolicies: { value: ScheduleSettings['missed']; label: string }[] = [
  { value: 'ONCE', label: 'Run once' },
  { value: 'SKIP', label: 'Skip them' },
  { value: 'ALL', label: 'Run all of them' },
];

/** When a schedule is due, and what becomes of due times that pass while the server is down. */
export function ScheduledForm({ value, onChange, errors }: ScheduledFormProps) {
  const { cron, timeZone, missed, missedLimit, jitterSeconds } = value;
  const { preview, errors: previewErrors, problem, stale } = useSchedulePreview(cron, timeZone);
  const change = (part: Partial<ScheduleSettings>) => onChange({ ...value, ...part });
  return (
    <div className={classes.form}>
      <div className={classes.fields}>
        <WhenDue cron={cron} timeZone={timeZone} errors={{ ...errors, ...previewErrors }} onChange={change} />
        <div className={classes.row}>
          <Select
            label="Missed due times"
            description="Those that passed while the server was down."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            data={missedPolicies}
            value={missed}
            allowDeselect={false}
            error={errors['missed']}
            onChange={(chosen) => chosen && change({ missed: chosen })}
          />
          {missed === 'ALL' && (
            <NumberInput
              label="At most"
              description="The newest of them."
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              min={1}
              max={100}
              allowDecimal={false}
              value={missedLimit}
              error={errors['missedLimit']}
              onChange={(limit) => change({ missedLimit: Number(limit) })}
            />
          )}
          <NumberInput
            label="Jitter in seconds"
            description="Starts each run up to this much later, so that schedules due together spread out."
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            min={0}
            max={3600}
            allowDecimal={false}
            thousandSeparator=","
            value={jitterSeconds}
            error={errors['jitterSeconds']}
            onChange={(seconds) => change({ jitterSeconds: Number(seconds) })}
          />
        </div>
      </div>
      <SchedulePreviewPanel preview={preview} problem={problem} stale={stale} invalid={Object.keys(previewErrors).length > 0} />
    </div>
  );
}

/** What a new schedule begins with. */
export function newSchedule(): ScheduleSettings {
  return { cron: '0 9 * * *', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, missed: 'ONCE', missedLimit: 10, jitterSeconds: 0 };
}
