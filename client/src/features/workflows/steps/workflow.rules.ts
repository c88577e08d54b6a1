import { textSetting, type StepRules } from './step-rules';

export const workflowRules: StepRules = {
  start: {},
  namesRows: false,
  hasParts: true,
  problems: ({ settings }) => (textSetting(settings, 'workflowId') === '' ? [{ field: 'workflow', message: 'Choose the workflow that this step runs.', missing: true }] : []),
  fieldOf: () => 'workflow',
};
