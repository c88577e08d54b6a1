import { IconClock } from '@tabler/icons-react';
import { scheduleWords } from './schedule/schedule-words';
import { newSchedule, ScheduledForm } from './scheduled.form';
import { triggerFormType, withDefaults } from './trigger-form-type';

export const scheduledType = triggerFormType({
  type: 'SCHEDULED',
  label: 'Schedule',
  description: 'At times that you choose, by the clock of a time zone.',
  icon: IconClock,
  empty: newSchedule,
  read: withDefaults(newSchedule),
  Form: ScheduledForm,
  summary: scheduleWords,
  sample: ({ timeZone }) => ({ schedule: { dueAt: '2027-01-01T09:00:00.000Z', localTime: '2027-01-01T09:00:00', timeZone } }),
});
