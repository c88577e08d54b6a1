import { IconHandClick } from '@tabler/icons-react';
import { triggerFormType } from './trigger-form-type';

export const manualType = triggerFormType({
  type: 'MANUAL',
  label: 'Manual',
  description: 'You launch it yourself, with what is the same each time filled in.',
  icon: IconHandClick,
  empty: () => ({}),
  read: () => ({}),
  summary: () => 'Launched by hand',
  sample: () => ({ payload: {} }),
});
