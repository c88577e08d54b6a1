import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconBolt, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { DataTable } from '../../../ui/data-table';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { triggersDocument } from '../trigger.operations';
import { usePause } from '../use-pause';
import classes from './list.module.css';
import { triggerColumns } from './trigger-columns';

/** What launches a workflow. */
export function WorkflowTriggers({ workflowId }: { workflowId: string }) {
  const mayWrite = usePermissions()('trigger:write');
  const { toggle } = usePause();
  const { data, error, refetch } = useQuery(triggersDocument, { variables: { first: 100, filter: { workflowId } }, fetchPolicy: 'cache-and-network' });
  const create = mayWrite && <Button component={Link} to={`/triggers/new?workflow=${workflowId}`} variant="default" leftSection={<IconPlus size={16} />}>New trigger</Button>;
  const rows = data?.triggers.edges.map(({ node }) => node) ?? [];
  if (error && !data) return <ErrorState title="The triggers could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={3} />;
  if (rows.length === 0) {
    return (
      <EmptyState icon={<IconBolt size={24} />} title="Nothing launches it yet" action={create}>
        A trigger runs it on a schedule, for a webhook, from a program, on an event, or by hand with what is the same each time filled in.
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable label="Triggers of this workflow" columns={triggerColumns(mayWrite ? toggle : undefined).filter(({ header }) => header !== 'Workflow')} rows={rows} rowKey={({ id }) => id} rowHref={({ id }) => `/triggers/${id}`} />
      {create && <div className={classes.more}>{create}</div>}
    </>
  );
}
