import { NumberInput, SegmentedControl, Select, Stack, TextInput } from '@mantine/core';
import classes from './form.module.css';
import type { TriggerDraft } from './trigger-draft';

interface LaunchFieldsProps {
  draft: TriggerDraft;
  branches: readonly string[];
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<TriggerDraft>) => void;
}

const overlaps = [
  { value: 'ALLOW', label: 'Run beside them' },
  { value: 'QUEUE', label: 'Wait in line' },
  { value: 'SKIP', label: 'Skip it' },
] as const;

/** Which prompts its runs take, and how many run at a time. */
export function LaunchFields({ draft, branches, problems, onChange }: LaunchFieldsProps) {
  const { runOn, branch, promptLabel, overlap, maxRuns, ratePerMinute } = draft;
  return (
    <Stack gap="md">
      <div className={classes.columns}>
        <Select
          label="Versions of the prompts"
          description={runOn === 'STEPS' ? 'Each step takes the version that it names.' : 'Prompts that lack it run as their steps say.'}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          allowDeselect={false}
          data={[{ value: 'STEPS', label: 'As the steps say' }, { value: 'BRANCH', label: 'Those of a branch' }, { value: 'LABEL', label: 'Those with a label' }]}
          value={runOn}
          onChange={(value) => value && onChange({ runOn: value })}
        />
        {runOn === 'BRANCH' && (
          <Select
            label="Branch"
            searchable
            nothingFoundMessage="No such branch"
            placeholder={branches.length === 0 ? 'The prompts have no other branch' : 'Choose a branch'}
            data={[...new Set([...branches, ...(branch ? [branch] : [])])]}
            value={branch || null}
            error={problems['branch']}
            onChange={(value) => onChange({ branch: value ?? '' })}
          />
        )}
        {runOn === 'LABEL' && (
          <TextInput label="Label" placeholder="production" maxLength={100} value={promptLabel} error={problems['promptLabel']} onChange={({ currentTarget: { value } }) => onChange({ promptLabel: value })} />
        )}
      </div>
      <div>
        <div className={classes.fieldLabel} id="overlap-label">When earlier runs of it are still under way</div>
        <SegmentedControl
          aria-labelledby="overlap-label"
          data={[...overlaps]}
          value={overlap}
          onChange={(value) => onChange({ overlap: overlaps.find((each) => each.value === value)?.value ?? 'ALLOW' })}
        />
        <p className={classes.hint}>{overlapWords(overlap, maxRuns)}</p>
      </div>
      <div className={classes.columns}>
        {overlap !== 'ALLOW' && (
          <NumberInput label="Runs at a time" min={1} max={1000} allowDecimal={false} value={maxRuns} error={problems['maxRuns']} onChange={(value) => onChange({ maxRuns: Number(value) || 1 })} />
        )}
        <NumberInput
          label="Most launches a minute"
          description="More are kept and launch nothing."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="Any number"
          min={1}
          max={100_000}
          allowDecimal={false}
          thousandSeparator=","
          value={ratePerMinute ?? ''}
          error={problems['ratePerMinute']}
          onChange={(value) => onChange({ ratePerMinute: value === '' ? null : Number(value) })}
        />
      </div>
    </Stack>
  );
}

/** What the policy makes of an arrival. */
export function overlapWords(overlap: TriggerDraft['overlap'], maxRuns: number): string {
  const runs = maxRuns === 1 ? 'a run of it is' : `${maxRuns} runs of it are`;
  if (overlap === 'SKIP') return `What arrives while ${runs} under way launches nothing. It is kept as skipped.`;
  if (overlap === 'QUEUE') return `What arrives while ${runs} under way starts when one of them has ended, in order.`;
  return 'Each arrival starts at once, however many runs are under way. The workflow’s own limits still hold.';
}
