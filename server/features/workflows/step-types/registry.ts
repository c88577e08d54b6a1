import { type ModelCatalogue } from '../../prompts/content/model-catalogue.js';
import { type StepType as StepTypeName } from '../definition.js';
import { ApprovalStepType } from './approval.step-type.js';
import { ConditionStepType } from './condition.step-type.js';
import { DecisionStepType } from './decision.step-type.js';
import { DelayStepType } from './delay.step-type.js';
import { MapStepType } from './map.step-type.js';
import { PromptStepType } from './prompt.step-type.js';
import { type StepType } from './step-type.js';
import { TransformStepType } from './transform.step-type.js';
import { WebhookStepType } from './webhook.step-type.js';
import { WorkflowStepType } from './workflow.step-type.js';

export type StepTypes = Readonly<Record<StepTypeName, StepType>>;

export function createStepTypes(models: ModelCatalogue): StepTypes {
  return {
    PROMPT: new PromptStepType(models),
    CONDITION: new ConditionStepType(),
    DECISION: new DecisionStepType(models),
    TRANSFORM: new TransformStepType(),
    DELAY: new DelayStepType(),
    WEBHOOK: new WebhookStepType(),
    MAP: new MapStepType(),
    WORKFLOW: new WorkflowStepType(),
    APPROVAL: new ApprovalStepType(),
  };
}
