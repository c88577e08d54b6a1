import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, SegmentedControl, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { formProblem } from '../../../api/api-errors';
import type { BudgetPeriod, ListedBudgetFragment } from '../../../gql/graphql';
import { formatBudget } from '../../../ui/format';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone } from '../../../ui/notify';
import { budgetsDocument, setBudgetDocument } from './budget.operations';
import classes from './budgets.module.css';

export type BudgetToSet = { kind: 'listed'; budget: ListedBudgetFragment } | { kind: 'new' };

interface BudgetDialogProps {
  toSet: BudgetToSet | undefined;
  workflows: readonly { id: string; name: string }[];
  onClose: () => void;
}

export function BudgetDialog({ toSet, workflows, onClose }: BudgetDialogProps) {
  const [shown, setShown] = useState(toSet);
  // What is shown stays while the dialog fades away.
  if (toSet && toSet !== shown) setShown(toSet);
  const budget = shown?.kind === 'listed' ? shown.budget : undefined;
  return (
    <Modal opened={toSet !== undefined} onClose={onClose} title={budget ? 'Change the budget' : 'New budget'}>
      {shown && <BudgetForm key={budget?.id ?? ''} budget={budget} workflows={workflows} onClose={onClose} />}
    </Modal>
  );
}

const periods = [
  { value: 'DAY', label: 'Day' },
  { value: 'MONTH', label: 'Month' },
] satisfies { value: BudgetPeriod; label: string }[];
const isPeriod = (value: string): value is BudgetPeriod => periods.some((period) => period.value === value);
const wholeWorkspace = 'workspace';

function BudgetForm({ budget, workflows, onClose }: { budget: ListedBudgetFragment | undefined } & Omit<BudgetDialogProps, 'toSet'>) {
  const [subject, setSubject] = useState(budget?.workflow?.id ?? wholeWorkspace);
  const [period, setPeriod] = useState<BudgetPeriod>(budget?.period ?? 'MONTH');
  const [limit, setLimit] = useState<string | number>(budget?.limitUsd ?? '');
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<string | null>(null);
  const [set, { loading }] = useMutation(setBudgetDocument, { refetchQueries: [budgetsDocument] });

  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setProblem(null);
    if (limit === '' || Number(limit) <= 0) return setErrors({ limitUsd: 'Give more than 0 US dollars.' });
    try {
      const workflowId = subject === wholeWorkspace ? null : subject;
      await set({ variables: { input: { workflowId, period, limitUsd: Number(limit) } } });
      notifyDone(`Up to ${formatBudget(Number(limit))} may be spent in a ${period === 'DAY' ? 'day' : 'month'}.`);
      onClose();
    } catch (error) {
      const { fieldErrors, general } = formProblem(error, ['workflowId', 'limitUsd']);
      setErrors(fieldErrors);
      setProblem(general);
    }
  };
  const known = budget?.workflow && !workflows.some(({ id }) => id === budget.workflow?.id) ? [budget.workflow, ...workflows] : workflows;
  const subjects = [{ value: wholeWorkspace, label: 'The whole workspace' }, ...known.map(({ id, name }) => ({ value: id, label: name }))];
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <FormAlert>{problem}</FormAlert>
        <Select
          label="For"
          description="For a workflow, what the workflows that it calls cost counts too."
          data={subjects}
          value={subject}
          onChange={(value) => setSubject(value ?? wholeWorkspace)}
          allowDeselect={false}
          searchable
          nothingFoundMessage="No workflow is called that."
          disabled={!!budget}
          error={errors['workflowId']}
        />
        <fieldset className={classes.field} disabled={!!budget}>
          <legend>In each</legend>
          <SegmentedControl data={periods} value={period} disabled={!!budget} onChange={(value) => isPeriod(value) && setPeriod(value)} />
          <p className={classes.hint}>By the calendar in UTC. What was spent before in the same {period === 'DAY' ? 'day' : 'month'} counts.</p>
        </fieldset>
        <NumberInput
          label="Limit"
          prefix="$"
          min={0}
          decimalScale={6}
          thousandSeparator=","
          hideControls
          data-autofocus
          value={limit}
          error={errors['limitUsd']}
          onChange={(value) => {
            setLimit(value);
            setErrors({});
          }}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>Cancel</Button>
          <Button type="submit" loading={loading}>{budget ? 'Change budget' : 'Set budget'}</Button>
        </Group>
      </Stack>
    </form>
  );
}
