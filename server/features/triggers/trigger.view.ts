import { type Trigger } from '../../../schema/triggers.js';
import { type TriggerRecord } from './trigger.types.js';

/** A trigger as callers see it: without its secrets. */
export function toView({ secret, previousSecret: _, nextFireAt: __, ...trigger }: TriggerRecord): Trigger {
  const state = !trigger.active ? 'PAUSED' : trigger.alarmSince ? 'ALARM' : 'ACTIVE';
  return { ...trigger, state, hasSecret: secret !== undefined };
}
