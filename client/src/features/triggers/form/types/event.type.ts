import { IconBolt } from '@tabler/icons-react';
import { EventSetUp } from '../../event/event-set-up';
import { EventForm, newEvent } from './event.form';
import { triggerFormType, withDefaults } from './trigger-form-type';

/** What the paths of a mapping are chosen from, where the event is one of the product's own. */
function samplePayload(type: string): Readonly<Record<string, unknown>> {
  if (type.startsWith('execution.')) {
    const execution = { id: '01990000-0000-7000-8000-000000000000', workflowId: '01990000-0000-7000-8000-000000000001', trigger: 'MANUAL', status: 'FAILED', inputs: {}, labels: [], costUsd: 0.0012 };
    return { execution, error: { code: 'STEP_FAILED', message: 'Why it failed', stepKey: 'summarise' }, output: 'What the run came to' };
  }
  if (type.startsWith('prompt.')) return { promptId: '01990000-0000-7000-8000-000000000002', path: 'support/reply', label: 'production' };
  return {};
}

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
  sample: ({ type }) => ({ payload: samplePayload(type), event: { id: '01990000-0000-7000-8000-000000000009', type: type || 'order.paid', at: '2026-01-01T08:00:02.300Z', depth: 0 } }),
});
