import { IconCode } from '@tabler/icons-react';
import { ApiSetUp } from '../../api/api-set-up';
import { triggerFormType } from './trigger-form-type';

export const apiType = triggerFormType({
  type: 'API',
  label: 'API',
  description: 'A program of yours launches it with an API key, and may wait for the output or follow the run.',
  icon: IconCode,
  empty: () => ({}),
  read: () => ({}),
  AfterSave: ApiSetUp,
  summary: () => 'Requests of programs',
  sample: () => ({ payload: {}, headers: { 'content-type': 'application/json' }, query: {} }),
});
