import type { ComponentType } from 'react';
import type { StepType } from '../../../gql/graphql';
import type { DraftStep } from '../draft';
import { ApprovalFields } from './approval-fields';
import { DecisionFields } from './decision-fields';
import { DelayFields } from './delay-fields';
import { ConditionFields, TransformFields } from './expression-fields';
import { MapFields } from './map-fields';
import { OpaqueFields } from './opaque-fields';
import { PromptFields } from './prompt-fields';
import { WebhookFields } from './webhook-fields';
import { WorkflowFields } from './workflow-fields';

/** In the order in which they are offered. A type that is not here is shown and saved as it is. */
const fields: readonly { type: StepType; Fields: ComponentType<{ step: DraftStep }> }[] = [
  { type: 'PROMPT', Fields: PromptFields },
  { type: 'TRANSFORM', Fields: TransformFields },
  { type: 'CONDITION', Fields: ConditionFields },
  { type: 'DECISION', Fields: DecisionFields },
  { type: 'MAP', Fields: MapFields },
  { type: 'WORKFLOW', Fields: WorkflowFields },
  { type: 'WEBHOOK', Fields: WebhookFields },
  { type: 'APPROVAL', Fields: ApprovalFields },
  { type: 'DELAY', Fields: DelayFields },
];

export const editableTypes: readonly StepType[] = fields.map(({ type }) => type);

export function StepFields({ step }: { step: DraftStep }) {
  const Fields = fields.find(({ type }) => type === step.type)?.Fields ?? OpaqueFields;
  return <Fields step={step} />;
}
