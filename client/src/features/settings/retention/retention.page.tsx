import { useQuery } from '@apollo/client/react';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { formatCount } from '../../../ui/format';
import { PageHeader } from '../../../ui/page-header';
import { ErrorState, SkeletonRows } from '../../../ui/states';
import settings from '../settings.module.css';
import { DeliveryDaysForm } from './delivery-days-form';
import { RetentionForm } from './retention-form';
import { retentionDocument } from './retention.operations';
import classes from './retention.module.css';

export default function RetentionPage() {
  const mayManage = usePermissions()('retention:manage');
  const { data, error, refetch } = useQuery(retentionDocument);
  return (
    <>
      <PageHeader title="Retention" crumbs={[{ label: 'Settings', to: '/settings' }]} />
      {error && !data ? (
        <ErrorState title="The retention could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={2} height={72} />
      ) : (
        <>
          <p className={settings.lead}>
            Runs that have ended are deleted with all that belongs to them, once they are older than this or once their workflow has more of them. What has not ended is kept.
          </p>
          {mayManage ? (
            <RetentionForm key={`${data.retention.days} ${data.retention.runs}`} kept={data.retention} />
          ) : (
            <p className={classes.body}>
              Runs are kept for {formatCount(data.retention.days, 'day')}, and of each workflow the newest {formatCount(data.retention.runs, 'run')}. An owner of the workspace can change this.
            </p>
          )}
          <p className={settings.lead}>What has arrived at triggers is deleted once it is older than this. What still waits to be launched is kept.</p>
          {mayManage ? (
            <DeliveryDaysForm key={data.retention.deliveryDays} kept={data.retention.deliveryDays} />
          ) : (
            <p className={classes.body}>Deliveries are kept for {formatCount(data.retention.deliveryDays, 'day')}.</p>
          )}
        </>
      )}
    </>
  );
}
