import { textSetting, type StepRules } from './step-rules';

export const promptRules: StepRules = {
  start: {},
  namesRows: false,
  hasParts: false,
  // A prompt that is written into the step has no id.
  problems: ({ settings }) =>
    textSetting(settings, 'promptId') === '' && settings.inline === undefined ? [{ field: 'prompt', message: 'Choose the prompt that this step runs.', missing: true }] : [],
  fieldOf: (path) => (path.startsWith('model') ? 'model' : 'prompt'),
};
