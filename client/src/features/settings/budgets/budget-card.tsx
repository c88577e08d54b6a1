import { useMutation } from '@apollo/client/react';
import { Anchor, Button, Progress } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconHandStop } from '@tabler/icons-react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import type { ListedBudgetFragment } from '../../../gql/graphql';
import { formatAbsoluteTime, formatBudget } from '../../../ui/format';
import { notifyFailure } from '../../../ui/notify';
import { notifyUndo } from '../../../ui/notify-undo';
import { StatusBadge } from '../../../ui/status-badge';
import { RelativeTime } from '../../../ui/relative-time';
import { budgetsDocument, removeBudgetDocument, setBudgetDocument } from './budget.operations';
import classes from './budgets.module.css';

interface BudgetCardProps {
  budget: ListedBudgetFragment;
  mayManage: boolean;
  onEdit: () => void;
}

/** From here on it is worth a warning. */
const nearlyUsedUp = 0.8;

export function BudgetCard({ budget, mayManage, onEdit }: BudgetCardProps) {
  const { limitUsd, spentUsd, reservedUsd, leftUsd, resetsAt, workflow } = budget;
  const title = titleOf(budget);
  const share = (dollars: number) => Math.min(100, (dollars / limitUsd) * 100);
  const spentShare = share(spentUsd);
  return (
    <li className={classes.card}>
      <div className={classes.head}>
        <h2 className={classes.title}>
          {workflow ? <Anchor component={Link} to={`/workflows/${workflow.id}`} inherit>{workflow.name}</Anchor> : 'The whole workspace'}
          <span className={classes.period}>{budget.period === 'DAY' ? 'each day' : 'each month'}</span>
        </h2>
        <BudgetMark budget={budget} />
        {mayManage && <BudgetActions budget={budget} title={title} onEdit={onEdit} />}
      </div>
      <Progress.Root size={8} aria-hidden>
        <Progress.Section value={spentShare} color={leftUsd <= 0 ? 'var(--pp-danger)' : 'var(--mantine-primary-color-filled)'} />
        <Progress.Section value={Math.min(100 - spentShare, share(reservedUsd))} color="var(--pp-lane-1)" />
      </Progress.Root>
      <p className={`${classes.facts} tabular`}>
        <span><strong>{formatBudget(spentUsd)}</strong> spent of {formatBudget(limitUsd)}</span>
        {reservedUsd > 0 && <span><span className={classes.reserved} aria-hidden /> {formatBudget(reservedUsd)} set aside</span>}
        <span>{formatBudget(leftUsd)} left</span>
        <span title={formatAbsoluteTime(resetsAt)}>Starts anew <RelativeTime time={resetsAt} /></span>
      </p>
    </li>
  );
}

function BudgetMark({ budget: { limitUsd, leftUsd } }: { budget: ListedBudgetFragment }) {
  const used = 1 - leftUsd / limitUsd;
  if (leftUsd <= 0) return <StatusBadge tone="danger" icon={<IconHandStop size={14} />} label="Used up" title="Its models are not called until it starts anew or is raised." />;
  if (used >= nearlyUsedUp) return <StatusBadge tone="warning" icon={<IconAlertTriangle size={14} />} label={`${Math.floor(used * 100)} % used`} />;
  return <StatusBadge quiet tone="success" icon={<IconCircleCheck size={14} />} label="Within the budget" />;
}

function BudgetActions({ budget, title, onEdit }: { budget: ListedBudgetFragment; title: string; onEdit: () => void }) {
  const [remove, { loading }] = useMutation(removeBudgetDocument, { refetchQueries: [budgetsDocument] });
  const [set] = useMutation(setBudgetDocument, { refetchQueries: [budgetsDocument] });
  const bringBack = async () => {
    const { period, limitUsd, workflow } = budget;
    try {
      await set({ variables: { input: { period, limitUsd, workflowId: workflow?.id ?? null } } });
    } catch (error) {
      notifyFailure(`The budget of ${title} is not back. ${problemOf(error).message}`);
    }
  };
  const takeAway = async () => {
    try {
      await remove({ variables: { id: budget.id } });
      notifyUndo(`The budget of ${title} was removed.`, () => void bringBack());
    } catch (error) {
      notifyFailure(`The budget of ${title} still holds. ${problemOf(error).message}`);
    }
  };
  return (
    <span className={classes.actions}>
      <Button variant="subtle" size="xs" onClick={onEdit} aria-label={`Change the budget of ${title}`}>Change</Button>
      <Button variant="subtle" color="gray" size="xs" loading={loading} onClick={() => void takeAway()} aria-label={`Remove the budget of ${title}`}>Remove</Button>
    </span>
  );
}

function titleOf({ workflow, period }: ListedBudgetFragment): string {
  return `${workflow ? `“${workflow.name}”` : 'the workspace'} for a ${period === 'DAY' ? 'day' : 'month'}`;
}
