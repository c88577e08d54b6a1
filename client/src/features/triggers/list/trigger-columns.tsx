import { ActionIcon, Tooltip } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import type { Column } from '../../../ui/data-table';
import { RelativeTime } from '../../../ui/relative-time';
import { DeliveryOutcome } from '../deliveries/delivery-verdict';
import { triggerFormTypeOf } from '../form/types/registry';
import { TriggerStateBadge } from '../trigger-state';
import type { TriggerRow } from '../trigger.operations';
import { TypeMark } from '../type-mark';
import classes from './list.module.css';

/** @param onToggle absent: the person may not pause triggers */
export function triggerColumns(onToggle: ((trigger: TriggerRow) => void) | undefined): Column<TriggerRow>[] {
  const columns: Column<TriggerRow>[] = [
    {
      header: 'Name',
      cell: ({ name, type, settings }) => (
        <span className={classes.name} title={name}>
          <span className={classes.title}>{name}</span>
          <span className={classes.summary}>{triggerFormTypeOf(type)?.summary(settings)}</span>
        </span>
      ),
    },
    { header: 'Type', width: '120px', wideOnly: true, cell: ({ type }) => <TypeMark type={type} /> },
    { header: 'Workflow', width: '18%', wideOnly: true, cell: ({ workflow }) => <span title={workflow.name}>{workflow.name}</span> },
    { header: 'Next or last', width: '160px', wideOnly: true, cell: (trigger) => <WhenFired trigger={trigger} /> },
    { header: 'Last outcome', width: '152px', wideOnly: true, cell: ({ lastDelivery }) => lastDelivery && <DeliveryOutcome delivery={lastDelivery} quiet /> },
    { header: 'State', width: '104px', cell: ({ state, alarm }) => <TriggerStateBadge state={state} quiet title={alarm ?? undefined} /> },
  ];
  return onToggle ? [...columns, { header: 'Action', width: '80px', align: 'end', cell: (trigger) => <PauseButton trigger={trigger} onToggle={onToggle} /> }] : columns;
}

function WhenFired({ trigger: { active, nextDueAt, lastFiredAt } }: { trigger: TriggerRow }) {
  if (active && nextDueAt) return <>Due <RelativeTime time={nextDueAt} /></>;
  if (lastFiredAt) return <>Fired <RelativeTime time={lastFiredAt} /></>;
  return <span className={classes.never}>Not fired yet</span>;
}

function PauseButton({ trigger, onToggle }: { trigger: TriggerRow; onToggle: (trigger: TriggerRow) => void }) {
  const label = `${trigger.active ? 'Pause' : 'Resume'} ${trigger.name}`;
  return (
    <Tooltip label={trigger.active ? 'Pause' : 'Resume'}>
      <ActionIcon variant="subtle" color="gray" className={classes.pause} aria-label={label} onClick={() => onToggle(trigger)}>
        {trigger.active ? <IconPlayerPause size={16} /> : <IconPlayerPlay size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
