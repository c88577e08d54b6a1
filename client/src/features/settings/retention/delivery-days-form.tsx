import { useMutation } from '@apollo/client/react';
import { Button, NumberInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { problemOf } from '../../../api/api-errors';
import { ConfirmDialog } from '../../../ui/confirm-dialog';
import { formatCount } from '../../../ui/format';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { retentionDocument, setDeliveryDaysDocument } from './retention.operations';
import { problemOfNumber } from './retention-form';
import classes from './retention.module.css';

const most = 3_650;

/** Changes for how long deliveries are kept. To keep fewer deletes some for good, so that is asked about first. */
export function DeliveryDaysForm({ kept }: { kept: number }) {
  const [given, setGiven] = useState<number | string>(kept);
  const [confirming, setConfirming] = useState(false);
  const [refused, setRefused] = useState(false);
  const [update, { loading }] = useMutation(setDeliveryDaysDocument, { refetchQueries: [retentionDocument] });
  const problem = problemOfNumber(given, most);
  const days = Number(given);

  const save = async () => {
    setConfirming(false);
    try {
      await update({ variables: { days } });
      notifyDone(`What arrives at triggers is kept for ${formatCount(days, 'day')}.`);
    } catch (error) {
      notifyFailure(`The retention could not be changed. ${problemOf(error).message}`);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setRefused(true);
    if (problem) return;
    if (days < kept) setConfirming(true);
    else void save();
  };

  return (
    <form className={classes.body} onSubmit={submit} noValidate>
      <NumberInput
        label="Days of deliveries"
        description="Counted from when they arrived."
        value={given}
        onChange={setGiven}
        error={refused && problem}
        min={1}
        max={most}
        clampBehavior="none"
        thousandSeparator=","
        allowDecimal={false}
        allowNegative={false}
        maw={280}
      />
      <div>
        <Button type="submit" loading={loading} disabled={days === kept}>Save days</Button>
      </div>
      <ConfirmDialog opened={confirming} title="Keep fewer deliveries?" confirmLabel="Keep fewer" busy={loading} onConfirm={() => void save()} onCancel={() => setConfirming(false)}>
        Within the hour, deliveries are deleted that arrived more than {formatCount(days, 'day')} ago. They can not be brought back, nor delivered again.
      </ConfirmDialog>
    </form>
  );
}
