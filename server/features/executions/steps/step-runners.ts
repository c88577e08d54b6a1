import { type OutgoingHttp } from '../../../outgoing/outgoing-http.js';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { AnswerChecker } from '../../prompts/playground/answer-check.js';
import { type PromptRenderer } from '../../prompts/content/prompt-renderer.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type MeteredCalls } from '../../providers/metered-calls.js';
import { type SecretsService } from '../../secrets/secret.service.js';
import { type StepType } from '../../workflows/definition.js';
import { type WorkflowsService } from '../../workflows/workflow.service.js';
import { type Children } from '../children.service.js';
import { type Payers } from '../payers.js';
import { ApprovalStepRunner } from './approval.step-runner.js';
import { ConditionStepRunner } from './condition.step-runner.js';
import { DecisionStepRunner } from './decision.step-runner.js';
import { DelayStepRunner } from './delay.step-runner.js';
import { ModelAsking } from './model-asking.js';
import { MapStepRunner } from './map.step-runner.js';
import { PromptStepRunner } from './prompt.step-runner.js';
import { type StepRunner } from './step-runner.js';
import { TransformStepRunner } from './transform.step-runner.js';
import { WebhookStepRunner } from './webhook.step-runner.js';
import { WorkflowStepRunner } from './workflow.step-runner.js';

export type StepRunners = Readonly<Record<StepType, StepRunner>>;

/** What differs between runs that are kept and runs that are only tried. */
export interface RunSurroundings {
  children: Children;
  payers: Payers;
}

export interface StepRunnerParts extends RunSurroundings {
  prompts: PromptsService;
  models: MeteredCalls;
  renderer: PromptRenderer;
  sandbox: Sandbox;
  http: OutgoingHttp;
  secrets: SecretsService;
  workflows: WorkflowsService;
}

export function createStepRunners({ prompts, models, payers, renderer, sandbox, http, secrets, children, workflows }: StepRunnerParts): StepRunners {
  const asking = new ModelAsking(models, payers, new AnswerChecker(sandbox));
  return {
    PROMPT: new PromptStepRunner(prompts, renderer, asking),
    CONDITION: new ConditionStepRunner(sandbox),
    DECISION: new DecisionStepRunner(sandbox, asking),
    TRANSFORM: new TransformStepRunner(sandbox),
    DELAY: new DelayStepRunner(),
    WEBHOOK: new WebhookStepRunner(sandbox, http, secrets),
    MAP: new MapStepRunner(children),
    WORKFLOW: new WorkflowStepRunner(children, workflows),
    APPROVAL: new ApprovalStepRunner(sandbox),
  };
}
