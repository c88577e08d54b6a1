import { useMutation } from '@apollo/client/react';
import { Button, NumberInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { problemOf } from '../../../api/api-errors';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { formatCount } from '../../../ui/format';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { updateRetentionDocument } from './retention.operations';
import classes from './retention.module.css';

interface Kept {
  days: number;
  runs: number;
}

const fields = [
  { name: 'days', label: 'Days', description: 'Counted from the end of a run.', most: 3_650 },
  { name: 'runs', label: 'Runs of each workflow', description: 'The newest are kept.', most: 1_000_000 },
] as const;

/** Changes what is kept. To keep less deletes runs for good, so that is asked about first. */
export function RetentionForm({ kept }: { kept: Kept }) {
  const [given, setGiven] = useState<Record<keyof Kept, number | string>>(kept);
  const [confirming, setConfirming] = useState<Kept>();
  const [refused, setRefused] = useState(false);
  const [update, { loading }] = useMutation(updateRetentionDocument);
  const problems = { days: problemOfNumber(given.days, 3_650), runs: problemOfNumber(given.runs, 1_000_000) };
  const next = { days: Number(given.days), runs: Number(given.runs) };
  const changed = next.days !== kept.days || next.runs !== kept.runs;

  const save = async (input: Kept) => {
    setConfirming(undefined);
    try {
      await update({ variables: { input } });
      notifyDone(`Runs are kept for ${formatCount(input.days, 'day')}, ${formatCount(input.runs, 'run')} of each workflow.`);
    } catch (error) {
      notifyFailure(`The retention could not be changed. ${problemOf(error).message}`);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRefused(true);
    if (problems.days ?? problems.runs) return;
    if (next.days < kept.days || next.runs < kept.runs) setConfirming(next);
    else void save(next);
  };

  return (
    <form className={classes.body} onSubmit={submit} noValidate>
      {fields.map(({ name, label, description, most }) => (
        <NumberInput
          key={name}
          label={label}
          description={description}
          value={given[name]}
          onChange={(value) => setGiven({ ...given, [name]: value })}
          error={refused && problems[name]}
          min={1}
          max={most}
          clampBehavior="none"
          thousandSeparator=","
          allowDecimal={false}
          allowNegative={false}
          maw={280}
        />
      ))}
      <div>
        <Button type="submit" loading={loading} disabled={!changed}>Save</Button>
      </div>
      <ConfirmDialog
        opened={confirming !== undefined}
        title="Keep fewer runs?"
        confirmLabel="Keep fewer"
        busy={loading}
        onConfirm={() => confirming && void save(confirming)}
        onCancel={() => setConfirming(undefined)}
      >
        Within the hour, runs are deleted that ended more than {formatCount(next.days, 'day')} ago, and of each workflow all but the newest {formatCount(next.runs, 'run')}. They can not be brought back.
      </ConfirmDialog>
    </form>
  );
}

export function problemOfNumber(value: number | string, most: number): string | undefined {
  const number = value === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= 1 && number <= most ? undefined : `Give a whole number from 1 to ${most.toLocaleString('en-US')}.`;
}
