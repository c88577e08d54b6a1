import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconPigMoney, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { PageHeader } from '../../../ui/page-header';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { BudgetCard } from './budget-card';
import { BudgetDialog, type BudgetToSet } from './budget-dialog';
import { budgetsDocument } from './budget.operations';
import classes from './budgets.module.css';

const refreshEveryMs = 10_000;

export default function BudgetsPage() {
  const mayManage = usePermissions()('budget:manage');
  const [toSet, setToSet] = useState<BudgetToSet>();
  const { data, error, refetch } = useQuery(budgetsDocument, { fetchPolicy: 'cache-and-network', pollInterval: refreshEveryMs });
  const workflows = data?.workflows.edges.map(({ node }) => node) ?? [];
  const create = mayManage && <Button leftSection={<IconPlus size={16} />} onClick={() => setToSet({ kind: 'new' })}>New budget</Button>;
  return (
    <>
      <PageHeader title="Budgets" crumbs={[{ label: 'Settings', to: '/settings/budgets' }]} action={create} />
      {error && !data ? (
        <ErrorState title="The budgets could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} height={96} />
      ) : data.budgets.length === 0 ? (
        <EmptyState icon={<IconPigMoney size={24} />} title="No budgets yet" action={create}>
          A budget is the most that the workspace, or one workflow, spends on models in a day or a month. A model whose call may cost more than is left is not called: the step fails and says so.
        </EmptyState>
      ) : (
        <>
          <p className={classes.lead}>
            Before each call of a model, what it may cost is set aside; after it, what it did cost is counted. A call that may cost more than is left is not made. What one run may cost stands among the limits of its workflow.
          </p>
          <ul className={classes.list} aria-label="Budgets">
            {data.budgets.map((budget) => (
              <BudgetCard key={budget.id} budget={budget} mayManage={mayManage} onEdit={() => setToSet({ kind: 'listed', budget })} />
            ))}
          </ul>
        </>
      )}
      <BudgetDialog toSet={toSet} workflows={workflows} onClose={() => setToSet(undefined)} />
    </>
  );
}
