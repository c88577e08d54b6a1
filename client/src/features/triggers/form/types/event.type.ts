import { IconBolt } from '@tabler/icons-react';
import { EventSetUp } from '../../event/event-set-up';
import { EventForm, newEvent } from './event.form';
import { triggerFormType, withDefaults } from './trigger-form-type';

export const eventType = triggerFormType({
  type: 'EVENT',
  label: 'Event',
  description: 'Something happens: a run fails, a label moves, or a program of yours emits it.',
  icon: IconBolt,
  empty: newEvent,
  read: withDefaults(newEvent),
  Form: EventForm,
  AfterSave: EventSetUp,
  summary: ({ type }) => `Event ${type}`,
  sample: () => ({ payload: {}, event: { id: '01990000-0000-7000-8000-000000000009', type: 'order.paid', at: '2026-01-01T08:00:02.300Z', depth: 0 } }),
});
