import { useMutation, useQuery } from '@apollo/client/react';
import { Anchor, Button, Group, Skeleton } from '@mantine/core';
import { IconRepeat } from '@tabler/icons-react';
import { Link, useSearchParams } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { usePermissions } from '../../../api/use-permissions';
import { formatAbsoluteTime, formatCount } from '../../../ui/format';
import { FormAlert } from '../../../ui/form-alert';
import { notifyDone, notifyFailure } from '../../../ui/notify';
import { RelativeTime } from '../../../ui/relative-time';
import { RunStatus } from '../../../ui/run-status';
import { SideDrawer } from '../../../ui/side-drawer';
import { Facts } from '../../executions/facts';
import { ValueView } from '../../executions/value-view';
import { previewInputsDocument } from '../trigger.operations';
import { deliveriesDocument, deliveryDocument, redeliverDocument, type Delivery } from './delivery.operations';
import classes from './deliveries.module.css';
import { DeliveryOutcome } from './delivery-verdict';

/** The delivery that the page's address names, beside the page. */
export function DeliveryDrawer() {
  const [params, setParams] = useSearchParams();
  const id = params.get('delivery');
  const show = (next: string | null) =>
    setParams((current) => {
      const changed = new URLSearchParams(current);
      if (next) changed.set('delivery', next);
      else changed.delete('delivery');
      return changed;
    }, { replace: true, preventScrollReset: true });
  const { data, previousData, error } = useQuery(deliveryDocument, { variables: { id: id ?? '' }, skip: !id, fetchPolicy: 'cache-and-network' });
  // While it slides away it stays what it was.
  const delivery = (data ?? previousData)?.delivery;
  return (
    <SideDrawer opened={id !== null} onClose={() => show(null)} position="right" size="lg" title="Delivery">
      {delivery && (!id || delivery.id === id) ? (
        <DeliveryView delivery={delivery} onShow={show} />
      ) : error ? (
        <FormAlert>{problemOf(error).message}</FormAlert>
      ) : (
        <Skeleton height={240} />
      )}
    </SideDrawer>
  );
}

/** Whoever could not prove to be the sender is not believed later either. */
const isForged = ({ verdict }: Delivery) => verdict === 'BAD_SIGNATURE' || verdict === 'STALE';

function DeliveryView({ delivery, onShow }: { delivery: Delivery; onShow: (id: string) => void }) {
  const mayWrite = usePermissions()('trigger:write');
  const { receivedAt, source, dueAt, reason, attempts, retryAt, launchError, execution, duplicateOfId, redeliveryOfId, testFire, body, bodyBytes, headers } = delivery;
  const [redeliver, { loading }] = useMutation(redeliverDocument, { refetchQueries: [deliveriesDocument] });
  const again = async () => {
    try {
      const { data } = await redeliver({ variables: { deliveryId: delivery.id } });
      const result = data?.redeliver;
      if (!result) return;
      onShow(result.delivery.id);
      if (result.execution) notifyDone('Delivered again.', { label: 'Open the run', to: `/runs/${result.execution.id}` });
      else notifyFailure(`It was delivered again and launched nothing. ${result.delivery.reason ?? ''}`);
    } catch (error) {
      notifyFailure(problemOf(error).message);
    }
  };
  const other = (id: string | null | undefined, words: string) => id && <Anchor component="button" type="button" inherit onClick={() => onShow(id)}>{words}</Anchor>;
  return (
    <div className={classes.delivery}>
      <Group justify="space-between" gap="xs">
        <DeliveryOutcome delivery={delivery} />
        {mayWrite && !isForged(delivery) && (
          <Button size="xs" variant="default" loading={loading} leftSection={<IconRepeat size={14} />} onClick={() => void again()}>Deliver again</Button>
        )}
      </Group>
      {reason && <p className={classes.reason}>{reason}</p>}
      {launchError && <FormAlert>{launchError}</FormAlert>}
      <Facts
        facts={[
          ['Arrived', formatAbsoluteTime(receivedAt)],
          ['From', `${source}${testFire ? ' (tried out)' : ''}`],
          ['Due', dueAt && formatAbsoluteTime(dueAt)],
          ['Run', execution && <Link to={`/runs/${execution.id}`} className={classes.run}>Open the run <RunStatus status={execution.status} quiet /></Link>],
          ['Attempts', attempts > 0 ? String(attempts) : null],
          ['Next attempt', retryAt && <RelativeTime time={retryAt} />],
          ['Repeats', other(duplicateOfId, 'The one that was accepted')],
          ['Delivers again', other(redeliveryOfId, 'The one that came first')],
        ]}
      />
      <MappedInputs delivery={delivery} />
      <section>
        <h3 className={classes.title}>Body</h3>
        {typeof body === 'string' ? (
          <ValueView what="body" fileName="body" value={parsed(body)} mark={<span className="tabular">{sizeWords(bodyBytes)}</span>} />
        ) : (
          <p className={classes.nothing}>{bodyBytes > 0 ? `${sizeWords(bodyBytes)} that are not text.` : 'It had none.'}</p>
        )}
      </section>
      <Headers headers={headers} />
    </div>
  );
}

function MappedInputs({ delivery: { id, trigger } }: { delivery: Delivery }) {
  const { data } = useQuery(previewInputsDocument, {
    variables: { input: { workflowId: trigger?.workflow.id ?? '', type: trigger?.type ?? 'MANUAL', mapping: trigger?.mapping.map(({ name, from, value }) => ({ name, from, value })) ?? [], deliveryId: id } },
    skip: !trigger || trigger.mapping.length === 0,
    fetchPolicy: 'no-cache',
  });
  const preview = data?.previewTriggerInputs;
  if (!preview) return null;
  return (
    <section>
      <h3 className={classes.title}>What the mapping makes of it now</h3>
      <ValueView what="inputs" fileName="inputs" value={preview.inputs} />
      {preview.problems.length > 0 && <ul className={classes.problems}>{preview.problems.map(({ name, message }) => <li key={`${name} ${message}`}><strong>{name}</strong>: {message}</li>)}</ul>}
    </section>
  );
}

function Headers({ headers }: { headers: unknown }) {
  const entries = typeof headers === 'object' && headers !== null ? Object.entries(headers) : [];
  if (entries.length === 0) return null;
  return (
    <section>
      <h3 className={classes.title}>Headers</h3>
      <Facts facts={entries.map(([name, value]): [string, string] => [name, String(value)])} />
    </section>
  );
}

function parsed(body: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return value;
  } catch {
    return body;
  }
}

const sizeWords = (bytes: number): string => (bytes < 1_024 ? formatCount(bytes, 'byte') : bytes < 1_048_576 ? `${(bytes / 1_024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`);
