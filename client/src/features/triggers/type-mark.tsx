import { IconBolt } from '@tabler/icons-react';
import type { TriggerType } from '../../gql/graphql';
import { triggerFormTypeOf } from './form/types/registry';
import classes from './triggers.module.css';

const names: Record<TriggerType, string> = { MANUAL: 'Manual', SCHEDULED: 'Schedule', WEBHOOK: 'Webhook', API: 'API', EVENT: 'Event' };

const typeWord = (type: TriggerType): string => triggerFormTypeOf(type)?.label ?? names[type];

/** A type as icon and word. */
export function TypeMark({ type }: { type: TriggerType }) {
  const Icon = triggerFormTypeOf(type)?.icon ?? IconBolt;
  return (
    <span className={classes.type}>
      <Icon size={16} stroke={1.75} aria-hidden />
      {typeWord(type)}
    </span>
  );
}
