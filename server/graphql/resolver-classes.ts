import { AuditResolver } from '../features/audit/audit.resolver.js';
import { ApiKeyResolver } from '../features/auth/api-key.resolver.js';
import { AuthResolver } from '../features/auth/auth.resolver.js';
import { DecisionResolver, StepApprovalResolver } from '../features/executions/decisions/decision.resolver.js';
import { ExecutionControlResolver } from '../features/executions/execution-control.resolver.js';
import { ExecutionResolver } from '../features/executions/execution.resolver.js';
import { ExecutionInspectionResolver, StepInspectionResolver } from '../features/executions/inspection/inspection.resolver.js';
import { DeliveryResolver } from '../features/triggers/deliveries/delivery.resolver.js';
import { LaunchedByResolver, WorkflowTriggersResolver } from '../features/triggers/launched-by.resolver.js';
import { DeliveryRetentionResolver } from '../features/triggers/retention/delivery-retention.resolver.js';
import { EventResolver } from '../features/triggers/events/event.resolver.js';
import { TriggerResolver } from '../features/triggers/trigger.resolver.js';
import { WebhookResolver } from '../features/triggers/webhook/webhook.resolver.js';
import { WorkflowPreviewResolver } from '../features/executions/preview/preview.resolver.js';
import { ExecutionHistoryResolver, StepChildrenResolver } from '../features/executions/history/execution-history.resolver.js';
import { WorkspaceFeedResolver } from '../features/executions/history/workspace-feed.resolver.js';
import { RetentionResolver } from '../features/executions/retention/retention.resolver.js';
import { ExecutionStatsResolver } from '../features/executions/stats/execution-stats.resolver.js';
import { AvailableValueResolver } from '../features/executions/sample.resolver.js';
import { ComparisonResolver } from '../features/executions/compare/comparison.resolver.js';
import { ReplayResolver } from '../features/executions/replay/replay.resolver.js';
import { ReplayedExecutionResolver } from '../features/executions/replay/replayed.resolver.js';
import { RerunResolver } from '../features/executions/rerun/rerun.resolver.js';
import { StepExecutionResolver } from '../features/executions/step-execution.resolver.js';
import { ChangedDependentsResolver, LabelMoveDependentsResolver, PromptDependentResolver, PromptDependentsResolver } from '../features/prompts/dependents/dependent.resolver.js';
import { PromptDraftResolver, PromptDraftsResolver } from '../features/prompts/drafts/draft.resolver.js';
import { PromptLabelMoveResolver, PromptLabelsResolver, PromptVersionLabelsResolver } from '../features/prompts/labels/label-fields.resolver.js';
import { PromptLabelResolver } from '../features/prompts/labels/label.resolver.js';
import { RenderingResolver } from '../features/prompts/content/rendering.resolver.js';
import { PlaygroundResolver, PromptRunStatsResolver } from '../features/prompts/playground/playground.resolver.js';
import { PromptFolderResolver } from '../features/prompts/library/folder.resolver.js';
import { PromptEdgeResolver, PromptPlaceResolver } from '../features/prompts/library/library-fields.resolver.js';
import { PromptLibraryResolver } from '../features/prompts/library/library.resolver.js';
import { PromptBranchResolver } from '../features/prompts/history/branch.resolver.js';
import { PromptCommitPreviewResolver, PromptCommitResolver, PromptHistoryResolver, PromptMergePreviewResolver } from '../features/prompts/history/history.resolver.js';
import { PromptResolver, PromptVersionResolver } from '../features/prompts/prompt.resolver.js';
import { PromptSpendingResolver } from '../features/prompts/prompt-spending.resolver.js';
import { TransferResolver } from '../features/prompts/transfer/transfer.resolver.js';
import { CredentialResolver } from '../features/providers/credentials/credential.resolver.js';
import { ModelPricesResolver } from '../features/providers/prices/model-prices.resolver.js';
import { ProvidersResolver } from '../features/providers/providers.resolver.js';
import { SecretResolver } from '../features/secrets/secret.resolver.js';
import {
  BrokenWorkflowStepResolver,
  CommitBreaksResolver,
  LabelMoveBreaksResolver,
  MergeBreaksResolver,
  PromptUseResolver,
  WorkflowStepUseResolver,
} from '../features/workflows/prompt-use.resolver.js';
import { BudgetResolver, WorkflowSpendingResolver } from '../features/workflows/budgets/budget.resolver.js';
import { VersionBranchesResolver } from '../features/workflows/version-branches.resolver.js';
import { WorkflowValidationResolver } from '../features/workflows/workflow-validation.resolver.js';
import { SchedulePreviewResolver } from '../features/triggers/schedule/schedule-preview.resolver.js';
import { WorkflowResolver, WorkflowVersionResolver } from '../features/workflows/workflow.resolver.js';
import { type ResolverClass } from './schema.js';

/** Everything that the public schema is made of. */
export const resolverClasses: readonly [ResolverClass, ...ResolverClass[]] = [
  AuthResolver,
  ApiKeyResolver,
  AuditResolver,
  ProvidersResolver,
  CredentialResolver,
  ModelPricesResolver,
  SecretResolver,
  PromptResolver,
  PromptVersionResolver,
  PromptHistoryResolver,
  PromptCommitResolver,
  PromptCommitPreviewResolver,
  PromptMergePreviewResolver,
  PromptBranchResolver,
  RenderingResolver,
  PromptLibraryResolver,
  PromptFolderResolver,
  PromptPlaceResolver,
  PromptEdgeResolver,
  PromptLabelResolver,
  PromptLabelsResolver,
  PromptVersionLabelsResolver,
  PromptLabelMoveResolver,
  PromptDraftResolver,
  PromptDraftsResolver,
  PromptDependentsResolver,
  PromptDependentResolver,
  ChangedDependentsResolver,
  LabelMoveDependentsResolver,
  PlaygroundResolver,
  PromptRunStatsResolver,
  TransferResolver,
  PromptSpendingResolver,
  WorkflowResolver,
  WorkflowVersionResolver,
  BudgetResolver,
  WorkflowSpendingResolver,
  WorkflowValidationResolver,
  VersionBranchesResolver,
  AvailableValueResolver,
  PromptUseResolver,
  WorkflowStepUseResolver,
  CommitBreaksResolver,
  LabelMoveBreaksResolver,
  MergeBreaksResolver,
  BrokenWorkflowStepResolver,
  ExecutionResolver,
  ExecutionHistoryResolver,
  ExecutionStatsResolver,
  RetentionResolver,
  ExecutionControlResolver,
  RerunResolver,
  ComparisonResolver,
  ReplayResolver,
  ReplayedExecutionResolver,
  StepExecutionResolver,
  WorkflowPreviewResolver,
  ExecutionInspectionResolver,
  StepInspectionResolver,
  StepChildrenResolver,
  DecisionResolver,
  StepApprovalResolver,
  WorkspaceFeedResolver,
  SchedulePreviewResolver,
  TriggerResolver,
  EventResolver,
  DeliveryResolver,
  LaunchedByResolver,
  WorkflowTriggersResolver,
  WebhookResolver,
  DeliveryRetentionResolver,
];
