import type { DraftStep } from '../draft';
import { textSetting, type StepRules } from './step-rules';

const common = { namesRows: true, fieldOf: (path: string) => (path === 'template' ? 'template' : 'expression') };

/** Instead of an expression a TRANSFORM may have a template, which makes a text. */
export const hasTemplate = ({ settings }: Pick<DraftStep, 'settings'>): boolean => settings['template'] !== undefined;

const withoutExpression = (message: string): StepRules['problems'] => ({ settings }) =>
  textSetting(settings, 'expression').trim() === '' ? [{ field: 'expression', message, missing: true }] : [];

const withoutTemplate: StepRules['problems'] = ({ settings }) =>
  textSetting(settings, 'template').trim() === '' ? [{ field: 'template', message: 'Write the text that comes out.', missing: true }] : [];

export const transformRules: StepRules = {
  ...common,
  start: { expression: '' },
  hasParts: true,
  problems: (step) => (hasTemplate(step) ? withoutTemplate(step) : withoutExpression('Write the expression that makes the output.')(step)),
};

export const conditionRules: StepRules = {
  ...common,
  start: { expression: '' },
  hasParts: false,
  problems: withoutExpression('Write the expression that decides.'),
  outcomes: () => ['true', 'false'],
};
