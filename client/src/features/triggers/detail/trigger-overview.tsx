import { useQuery } from '@apollo/client/react';
import { Anchor, Button } from '@mantine/core';
import { IconInbox, IconSend } from '@tabler/icons-react';
import { Link, useLocation } from 'react-router';
import { problemOf } from '../../../api/api-errors';
import { RelativeTime } from '../../../ui/relative-time';
import { EmptyState, ErrorState, SkeletonRows } from '../../../ui/states';
import { Facts } from '../../executions/facts';
import { deliveriesDocument } from '../deliveries/delivery.operations';
import { DeliveryTable } from '../deliveries/delivery-table';
import { overlapWords } from '../form/launch-fields';
import { triggerFormTypeOf } from '../form/types/registry';
import type { Trigger } from '../trigger.operations';
import classes from './detail.module.css';

/** @param onFire absent: the person may not */
export function TriggerOverview({ trigger, onFire }: { trigger: Trigger; onFire: (() => void) | undefined }) {
  const type = triggerFormTypeOf(trigger.type);
  const { workflow, nextDueAt, lastFiredAt, active, mapping, branch, promptLabel, overlap, maxRuns, ratePerMinute, createdBy, createdAt } = trigger;
  const secret = secretIn(useLocation().state);
  const AfterSave = type?.AfterSave;
  return (
    <div className={classes.overview}>
      <section className={classes.section} aria-label="In words">
        <p className={classes.lead}>
          {type?.summary(trigger.settings)}. Runs <Anchor component={Link} to={`/workflows/${workflow.id}`} inherit>{workflow.name}</Anchor>
          {branch ? <>, on the prompt branch <code>{branch}</code></> : promptLabel ? <>, on prompts with the label <code>{promptLabel}</code></> : null}. {overlapWords(overlap, maxRuns)}
        </p>
        <Facts
          facts={[
            ['Next due', active && nextDueAt ? <RelativeTime time={nextDueAt} /> : null],
            ['Last fired', lastFiredAt ? <RelativeTime time={lastFiredAt} /> : 'Not yet'],
            ['Most a minute', ratePerMinute ?? null],
            ['Inputs', mapping.length > 0 && <span className={classes.mapping}>{mapping.map(({ name, from, value }) => <code key={name}>{`${name} = ${from ?? JSON.stringify(value)}`}</code>)}</span>],
            ['Made', <>by {createdBy.name}, <RelativeTime time={createdAt} /></>],
          ]}
        />
      </section>
      {AfterSave && <section className={classes.section}><AfterSave trigger={trigger} secret={secret} /></section>}
      <RecentDeliveries trigger={trigger} onFire={onFire} />
    </div>
  );
}

function RecentDeliveries({ trigger, onFire }: { trigger: Trigger; onFire: (() => void) | undefined }) {
  const { data, error, refetch } = useQuery(deliveriesDocument, { variables: { first: 6, filter: { triggerId: trigger.id } }, fetchPolicy: 'cache-and-network' });
  const rows = data?.deliveries.edges.map(({ node }) => node) ?? [];
  return (
    <section className={classes.deliveries}>
      <div className={classes.bar}>
        <h2 className={classes.title}>What arrived last</h2>
        {rows.length > 0 && (
          <span className={classes.links}>
            <Link to={`/runs?launchedBy=${trigger.id}`} className={classes.all}>Its runs</Link>
            <Link to={`/triggers/${trigger.id}?tab=deliveries`} className={classes.all}>See all</Link>
          </span>
        )}
      </div>
      {error && !data ? (
        <ErrorState title="The deliveries could not be loaded" message={problemOf(error).message} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows rows={3} />
      ) : rows.length > 0 ? (
        <DeliveryTable rows={rows} />
      ) : (
        <EmptyState icon={<IconInbox size={24} />} title="Nothing has arrived yet" action={onFire && <Button variant="default" leftSection={<IconSend size={16} />} onClick={onFire}>Fire it</Button>}>
          Each arrival is kept here, with what became of it and the run that it launched. Try it out to see one.
        </EmptyState>
      )}
    </section>
  );
}

/** What the page that made the trigger hands over. It is shown once, and kept nowhere. */
function secretIn(state: unknown): string | undefined {
  return typeof state === 'object' && state !== null && 'secret' in state && typeof state.secret === 'string' ? state.secret : undefined;
}
