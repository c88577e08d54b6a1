import type { TriggerType } from '../../../../gql/graphql';
import { apiType } from './api.type';
import { eventType } from './event.type';
import { manualType } from './manual.type';
import { scheduledType } from './scheduled.type';
import type { TriggerFormType } from './trigger-form-type';
import { webhookType } from './webhook.type';

/** In the order in which they are offered: a new one is a file like these, and a line. */
export const triggerFormTypes: readonly TriggerFormType[] = [manualType, scheduledType, webhookType, apiType, eventType];

/** @returns undefined for one that this client does not know */
export const triggerFormTypeOf = (type: TriggerType): TriggerFormType | undefined => triggerFormTypes.find((each) => each.type === type);
