import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { PageHeader } from '../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { ExistingWorkflow } from './existing-workflow';
import { NewWorkflow } from './new-workflow';
import { workflowDocument } from './workflow.operations';

export default function WorkflowEditorPage() {
  const { id } = useParams();
  return id === undefined ? <NewWorkflow /> : <LoadedWorkflow key={id} id={id} />;
}

function LoadedWorkflow({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(workflowDocument, { variables: { id } });
  if (data) return <ExistingWorkflow workflow={data.workflow} />;
  const problem = error && problemOf(error);
  const all = <Button component={Link} to="/workflows" variant="default">All workflows</Button>;
  return (
    <>
      <PageHeader title="Workflow" crumbs={[{ label: 'Workflows', to: '/workflows' }]} />
      {!problem ? (
        <SkeletonRows rows={5} height={88} />
      ) : problem.code === 'NOT_FOUND' ? (
        <ErrorState title="There is no such workflow" message="It may belong to another workspace, or the address may be mistyped." action={all} />
      ) : (
        <ErrorState title="This workflow could not be loaded" message={problem.message} onRetry={() => void refetch()} action={all} />
      )}
    </>
  );
}
