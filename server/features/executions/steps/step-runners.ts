import { type Sandbox } from '../../../sandbox/sandbox.js';
import { type PromptRenderer } from '../../prompts/content/prompt-renderer.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type ProvidersService } from '../../providers/providers.service.js';
import { type StepType } from '../../workflows/definition.js';
import { ConditionStepRunner } from './condition.step-runner.js';
import { DelayStepRunner } from './delay.step-runner.js';
import { PromptStepRunner } from './prompt.step-runner.js';
import { type StepRunner } from './step-runner.js';
import { TransformStepRunner } from './transform.step-runner.js';

export type StepRunners = Readonly<Record<StepType, StepRunner>>;

export interface StepRunnerParts {
  prompts: PromptsService;
  providers: ProvidersService;
  renderer: PromptRenderer;
  sandbox: Sandbox;
}

export function createStepRunners({ prompts, providers, renderer, sandbox }: StepRunnerParts): StepRunners {
  return {
    PROMPT: new PromptStepRunner(prompts, providers, renderer),
    CONDITION: new ConditionStepRunner(sandbox),
    TRANSFORM: new TransformStepRunner(sandbox),
    DELAY: new DelayStepRunner(),
  };
}
