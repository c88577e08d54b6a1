import type { StepType } from '../../../gql/graphql';
import { delayRules } from './delay.rules';
import { conditionRules, transformRules } from './expression.rules';
import { promptRules } from './prompt.rules';
import type { StepRules } from './step-rules';

/** A type that is not here opens read-only and is saved as it is. */
const rules: Partial<Record<StepType, StepRules>> = {
  PROMPT: promptRules,
  CONDITION: conditionRules,
  TRANSFORM: transformRules,
  DELAY: delayRules,
};

const unknownType: StepRules = { start: {}, namesRows: false, hasParts: true, problems: () => [], fieldOf: () => 'settings' };

export const rulesOf = (type: StepType): StepRules => rules[type] ?? unknownType;
