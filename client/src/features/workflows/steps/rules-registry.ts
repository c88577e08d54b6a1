import type { StepType } from '../../../gql/graphql';
import { approvalRules } from './approval.rules';
import { decisionRules } from './decision.rules';
import { delayRules } from './delay.rules';
import { conditionRules, transformRules } from './expression.rules';
import { mapRules } from './map.rules';
import { promptRules } from './prompt.rules';
import type { StepRules } from './step-rules';
import { webhookRules } from './webhook.rules';
import { workflowRules } from './workflow.rules';

/** A type that is not here opens read-only and is saved as it is. */
const rules: Partial<Record<StepType, StepRules>> = {
  PROMPT: promptRules,
  CONDITION: conditionRules,
  DECISION: decisionRules,
  TRANSFORM: transformRules,
  DELAY: delayRules,
  WEBHOOK: webhookRules,
  MAP: mapRules,
  WORKFLOW: workflowRules,
  APPROVAL: approvalRules,
};

const unknownType: StepRules = { start: {}, namesRows: false, hasParts: true, problems: () => [], fieldOf: () => 'settings' };

export const rulesOf = (type: StepType): StepRules => rules[type] ?? unknownType;
