import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../api/api-errors';
import { PageHeader } from '../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../ui/states';
import { RerunMenu } from './rerun/rerun-menu';
import { RunView } from './run-view';
import { runDocument } from './run.queries';

const crumbs = [{ label: 'Runs', to: '/runs' }];

export default function RunPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(runDocument, { variables: { id } });
  const run = data?.execution;

  if (!run) {
    return (
      <>
        <PageHeader title="Run" crumbs={crumbs} />
        {error ? <RunNotLoaded error={error} onRetry={() => void refetch()} /> : <SkeletonRows height={72} />}
      </>
    );
  }
  return <RunView key={run.id} run={run} crumbs={crumbs} onChange={() => void refetch().catch(() => undefined)} action={<RerunMenu run={run} />} />;
}

function RunNotLoaded({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const problem = problemOf(error);
  const allRuns = <Button component={Link} to="/runs" variant="default">All runs</Button>;
  return problem.code === 'NOT_FOUND' ? (
    <ErrorState title="There is no such run" message="It may belong to another workspace, or the address may be mistyped." action={allRuns} />
  ) : (
    <ErrorState title="This run could not be loaded" message={problem.message} onRetry={onRetry} action={allRuns} />
  );
}
