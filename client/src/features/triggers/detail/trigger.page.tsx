import { useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { Link, useParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { PageHeader } from '../../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import { triggerDocument } from '../trigger.operations';
import { TriggerView } from './trigger-view';

export default function TriggerPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(triggerDocument, { variables: { id }, fetchPolicy: 'cache-and-network' });
  if (data) return <TriggerView key={id} trigger={data.trigger} onReload={() => refetch().then(({ data: fresh }) => fresh?.trigger)} />;
  const problem = error && problemOf(error);
  const all = <Button component={Link} to="/triggers" variant="default">All triggers</Button>;
  return (
    <>
      <PageHeader title="Trigger" crumbs={[{ label: 'Triggers', to: '/triggers' }]} />
      {!problem ? (
        <SkeletonRows rows={5} height={72} />
      ) : problem.code === 'NOT_FOUND' ? (
        <ErrorState title="There is no such trigger" message="It may have been deleted, belong to another workspace, or the address may be mistyped." action={all} />
      ) : (
        <ErrorState title="This trigger could not be loaded" message={problem.message} onRetry={() => void refetch()} action={all} />
      )}
    </>
  );
}
