import { ValueChecker } from '../features/prompts/content/value-checker.js';
import { BudgetResolver, WorkflowSpendingResolver } from '../features/workflows/budgets/budget.resolver.js';
import { WorkflowBudgets } from '../features/workflows/budgets/workflow-budgets.service.js';
import { InputSchemas } from '../features/workflows/input-schemas.js';
import { PromptBreaks } from '../features/workflows/prompt-use.breaks.js';
import { PromptUseLoader } from '../features/workflows/prompt-use.loader.js';
import {
  BrokenWorkflowStepResolver,
  CommitBreaksResolver,
  LabelMoveBreaksResolver,
  MergeBreaksResolver,
  PromptUseResolver,
  WorkflowStepUseResolver,
} from '../features/workflows/prompt-use.resolver.js';
import { type PromptUseService } from '../features/workflows/prompt-use.service.js';
import { StepPrompts } from '../features/workflows/step-prompts.js';
import { VersionBranchesResolver } from '../features/workflows/version-branches.resolver.js';
import { WorkflowValidationResolver } from '../features/workflows/workflow-validation.resolver.js';
import { WorkflowValidations } from '../features/workflows/workflow-validation.service.js';
import { WorkflowLoader } from '../features/workflows/workflow.loader.js';
import { WorkflowResolver, WorkflowVersionResolver } from '../features/workflows/workflow.resolver.js';
import { WorkflowsService } from '../features/workflows/workflow.service.js';
import { WorkflowStore } from '../features/workflows/workflow.store.js';
import { type Ground } from '../ground.js';
import { type AuthParts } from './auth.wiring.js';
import { type PromptParts } from './prompts.wiring.js';
import { type ProviderParts } from './providers.wiring.js';

export function wireWorkflows({ database, sandbox }: Ground, { people }: AuthParts, { providers, secrets, budgets, spendLoader }: ProviderParts, parts: PromptParts, uses: PromptUseService) {
  const { prompts, versionFinder, references, contents, dependents, branchLoader } = parts;
  const stepPrompts = new StepPrompts(prompts, versionFinder, references, contents);
  const inputSchemas = new InputSchemas(sandbox);
  const workflows = new WorkflowsService(new WorkflowStore(database), stepPrompts, providers, secrets, inputSchemas);
  const workflowLoader = new WorkflowLoader(workflows);
  const breaks = new PromptBreaks(uses, prompts, dependents, stepPrompts, references, new ValueChecker(sandbox));
  return {
    workflows,
    workflowLoader,
    stepPrompts,
    inputSchemas,
    resolvers: [
      new WorkflowResolver(workflows, workflowLoader),
      new WorkflowVersionResolver(workflowLoader, people),
      new BudgetResolver(new WorkflowBudgets(budgets, workflows), workflowLoader),
      new WorkflowSpendingResolver(spendLoader),
      new WorkflowValidationResolver(new WorkflowValidations(workflows)),
      new VersionBranchesResolver(branchLoader),
      new PromptUseResolver(new PromptUseLoader(uses)),
      new WorkflowStepUseResolver(workflowLoader),
      new CommitBreaksResolver(breaks),
      new MergeBreaksResolver(breaks),
      new LabelMoveBreaksResolver(breaks),
      new BrokenWorkflowStepResolver(workflowLoader),
    ],
  };
}

export type WorkflowParts = ReturnType<typeof wireWorkflows>;
