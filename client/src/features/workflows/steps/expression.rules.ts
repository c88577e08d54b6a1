import { textSetting, type StepRules } from './step-rules';

const common = { start: { expression: '' }, namesRows: true, fieldOf: () => 'expression' };

const withoutExpression = (message: string): StepRules['problems'] => ({ settings }) =>
  textSetting(settings, 'expression').trim() === '' ? [{ field: 'expression', message, missing: true }] : [];

export const transformRules: StepRules = { ...common, hasParts: true, problems: withoutExpression('Write the expression that makes the output.') };

export const conditionRules: StepRules = {
  ...common,
  hasParts: false,
  problems: withoutExpression('Write the expression that decides.'),
  outcomes: () => ['true', 'false'],
};
