import { type Config } from './config.js';
import { AccessTokens } from './features/auth/access-token.js';
import { ApiKeyResolver } from './features/auth/api-key.resolver.js';
import { ApiKeyService } from './features/auth/api-key.service.js';
import { ApiKeyStore } from './features/auth/api-key.store.js';
import { AuthResolver } from './features/auth/auth.resolver.js';
import { AuthService } from './features/auth/auth.service.js';
import { AuthStore } from './features/auth/auth.store.js';
import { PersonLoader } from './features/auth/person.loader.js';
import { SecretHasher } from './features/auth/secret-hasher.js';
import { SignInThrottle } from './features/auth/sign-in-throttle.js';
import { SignInThrottleStore } from './features/auth/sign-in-throttle.store.js';
import { CalledVersions } from './features/executions/called-versions.js';
import { ChildStore } from './features/executions/child.store.js';
import { Children } from './features/executions/children.service.js';
import { CommitQueue } from './features/executions/commit-queue.js';
import { ComparisonResolver } from './features/executions/compare/comparison.resolver.js';
import { Comparisons } from './features/executions/compare/comparison.service.js';
import { ApprovalLinks } from './features/executions/decisions/approval-links.js';
import { ApprovalValues } from './features/executions/decisions/approval-values.js';
import { Approvals } from './features/executions/decisions/approvals.service.js';
import { DecisionResolver, StepApprovalResolver } from './features/executions/decisions/decision.resolver.js';
import { DecisionStore } from './features/executions/decisions/decision.store.js';
import { Decisions } from './features/executions/decisions/decisions.service.js';
import { HeldOutcomes } from './features/executions/decisions/held-outcomes.service.js';
import { PersonNames } from './features/executions/decisions/person-names.js';
import { ExecutionControlResolver } from './features/executions/execution-control.resolver.js';
import { ExecutionControl } from './features/executions/execution-control.service.js';
import { ExecutionFeed } from './features/executions/execution.feed.js';
import { ExecutionJobs } from './features/executions/execution.jobs.js';
import { ExecutionLoader } from './features/executions/execution.loader.js';
import { ExecutionResolver } from './features/executions/execution.resolver.js';
import { ExecutionService } from './features/executions/execution.service.js';
import { ExecutionStore } from './features/executions/execution.store.js';
import { InspectionLoader } from './features/executions/inspection/inspection.loader.js';
import { ExecutionInspectionResolver, StepInspectionResolver } from './features/executions/inspection/inspection.resolver.js';
import { InspectionStore } from './features/executions/inspection/inspection.store.js';
import { WorkflowPreviewResolver } from './features/executions/preview/preview.resolver.js';
import { WorkflowPreviews } from './features/executions/preview/preview.service.js';
import { PairStore } from './features/executions/replay/pair.store.js';
import { ReplayLoader } from './features/executions/replay/replay.loader.js';
import { ReplayResolver } from './features/executions/replay/replay.resolver.js';
import { Replays } from './features/executions/replay/replay.service.js';
import { ReplayStore } from './features/executions/replay/replay.store.js';
import { ReplayedExecutionResolver } from './features/executions/replay/replayed.resolver.js';
import { LockfileChanges } from './features/executions/rerun/lockfile-changes.js';
import { RerunResolver } from './features/executions/rerun/rerun.resolver.js';
import { Reruns } from './features/executions/rerun/rerun.service.js';
import { ExecutionHistoryLoader } from './features/executions/history/execution-history.loader.js';
import { ExecutionHistoryResolver, StepChildrenResolver } from './features/executions/history/execution-history.resolver.js';
import { ExecutionHistory } from './features/executions/history/execution-history.service.js';
import { ExecutionHistoryStore } from './features/executions/history/execution-history.store.js';
import { Payers } from './features/executions/payers.js';
import { WorkspaceFeed } from './features/executions/history/workspace-feed.js';
import { WorkspaceFeedResolver } from './features/executions/history/workspace-feed.resolver.js';
import { RunStore } from './features/executions/run.store.js';
import { Runner } from './features/executions/runner.js';
import { RetentionJobs } from './features/executions/retention/retention.jobs.js';
import { RetentionResolver } from './features/executions/retention/retention.resolver.js';
import { RetentionService } from './features/executions/retention/retention.service.js';
import { RetentionStore } from './features/executions/retention/retention.store.js';
import { ExecutionStatsResolver } from './features/executions/stats/execution-stats.resolver.js';
import { ExecutionStats } from './features/executions/stats/execution-stats.service.js';
import { ExecutionStatsStore } from './features/executions/stats/execution-stats.store.js';
import { AvailableValueResolver } from './features/executions/sample.resolver.js';
import { SampleLoader } from './features/executions/sample.loader.js';
import { SampleStore } from './features/executions/sample.store.js';
import { SignalStore } from './features/executions/signal.store.js';
import { StepExecutionResolver } from './features/executions/step-execution.resolver.js';
import { createStepRunners, type RunSurroundings } from './features/executions/steps/step-runners.js';
import { ContentReader } from './features/prompts/content/content-reader.js';
import { PromptRenderer } from './features/prompts/content/prompt-renderer.js';
import { PromptSources } from './features/prompts/content/prompt-source.js';
import { RenderingResolver } from './features/prompts/content/rendering.resolver.js';
import { RenderingService } from './features/prompts/content/rendering.service.js';
import { ReferenceResolver } from './features/prompts/content/reference-resolver.js';
import { ValueChecker } from './features/prompts/content/value-checker.js';
import { VersionFinder } from './features/prompts/content/version-finder.js';
import { VersionFinderStore } from './features/prompts/content/version-finder.store.js';
import { DependentLoader } from './features/prompts/dependents/dependent.loader.js';
import { DependentBreaks } from './features/prompts/dependents/dependent-breaks.js';
import { ChangedDependentsResolver, LabelMoveDependentsResolver, PromptDependentResolver, PromptDependentsResolver } from './features/prompts/dependents/dependent.resolver.js';
import { DependentsService } from './features/prompts/dependents/dependents.service.js';
import { DependentStore } from './features/prompts/dependents/dependent.store.js';
import { DraftLoader } from './features/prompts/drafts/draft.loader.js';
import { PromptDraftResolver, PromptDraftsResolver } from './features/prompts/drafts/draft.resolver.js';
import { DraftsService } from './features/prompts/drafts/draft.service.js';
import { DraftStore } from './features/prompts/drafts/draft.store.js';
import { LabelFeed } from './features/prompts/labels/label.feed.js';
import { PromptLabelMoveResolver, PromptLabelsResolver, PromptVersionLabelsResolver } from './features/prompts/labels/label-fields.resolver.js';
import { LabelLoader } from './features/prompts/labels/label.loader.js';
import { PromptLabelResolver } from './features/prompts/labels/label.resolver.js';
import { LabelsService } from './features/prompts/labels/label.service.js';
import { LabelStore } from './features/prompts/labels/label.store.js';
import { AnswerChecker } from './features/prompts/playground/answer-check.js';
import { PlaygroundLoader } from './features/prompts/playground/playground.loader.js';
import { PlaygroundResolver, PromptRunStatsResolver } from './features/prompts/playground/playground.resolver.js';
import { PlaygroundService } from './features/prompts/playground/playground.service.js';
import { PromptRunJobs } from './features/prompts/playground/prompt-run.jobs.js';
import { PromptRunStore } from './features/prompts/playground/prompt-run.store.js';
import { PromptRunner } from './features/prompts/playground/prompt-runner.js';
import { RunSources } from './features/prompts/playground/run-source.js';
import { RunStatsStore } from './features/prompts/playground/run-stats.store.js';
import { PromptFolderResolver } from './features/prompts/library/folder.resolver.js';
import { FoldersService } from './features/prompts/library/folder.service.js';
import { FolderStore } from './features/prompts/library/folder.store.js';
import { PromptEdgeResolver, PromptPlaceResolver } from './features/prompts/library/library-fields.resolver.js';
import { LibraryLoader } from './features/prompts/library/library.loader.js';
import { PromptLibraryResolver } from './features/prompts/library/library.resolver.js';
import { LibraryService } from './features/prompts/library/library.service.js';
import { LibraryStore } from './features/prompts/library/library.store.js';
import { PromptListService } from './features/prompts/library/prompt-list.service.js';
import { PromptListStore } from './features/prompts/library/prompt-list.store.js';
import { SearchIndexStore } from './features/prompts/library/search-index.store.js';
import { BranchLoader } from './features/prompts/history/branch.loader.js';
import { PromptBranchResolver } from './features/prompts/history/branch.resolver.js';
import { BranchesService } from './features/prompts/history/branch.service.js';
import { BranchStore } from './features/prompts/history/branch.store.js';
import { PromptCommits } from './features/prompts/history/commit.service.js';
import { CommitStore } from './features/prompts/history/commit.store.js';
import { PromptComparisons } from './features/prompts/history/compare.service.js';
import { PromptCommitPreviewResolver, PromptCommitResolver, PromptHistoryResolver, PromptMergePreviewResolver } from './features/prompts/history/history.resolver.js';
import { PromptMerges } from './features/prompts/history/merge.service.js';
import { PromptLoader } from './features/prompts/prompt.loader.js';
import { PromptResolver, PromptVersionResolver } from './features/prompts/prompt.resolver.js';
import { PromptsService } from './features/prompts/prompt.service.js';
import { PromptStore } from './features/prompts/prompt.store.js';
import { PromptSpendingResolver } from './features/prompts/prompt-spending.resolver.js';
import { TransferResolver } from './features/prompts/transfer/transfer.resolver.js';
import { TransferService } from './features/prompts/transfer/transfer.service.js';
import { TransferStore } from './features/prompts/transfer/transfer.store.js';
import { CredentialProviders } from './features/providers/credentials/credential-providers.js';
import { CredentialResolver } from './features/providers/credentials/credential.resolver.js';
import { CredentialService } from './features/providers/credentials/credential.service.js';
import { CredentialStore } from './features/providers/credentials/credential.store.js';
import { OpenAiCompatibleProvider } from './features/providers/openai-compatible.provider.js';
import { MeteredCalls } from './features/providers/metered-calls.js';
import { CustomPriceStore } from './features/providers/prices/custom-price.store.js';
import { CustomPrices } from './features/providers/prices/custom-prices.js';
import { ModelPricesResolver } from './features/providers/prices/model-prices.resolver.js';
import { ModelPricesService } from './features/providers/prices/model-prices.service.js';
import { ProvidersResolver } from './features/providers/providers.resolver.js';
import { ProvidersService } from './features/providers/providers.service.js';
import { RateLimits } from './features/providers/rates/rate-limits.js';
import { BudgetStore } from './features/providers/spending/budget.store.js';
import { BudgetsService } from './features/providers/spending/budgets.service.js';
import { SpendLoader } from './features/providers/spending/spend.loader.js';
import { SpendStore } from './features/providers/spending/spend.store.js';
import { Spending } from './features/providers/spending/spending.service.js';
import { SimulatedProvider } from './features/providers/simulated.provider.js';
import { BudgetResolver, WorkflowSpendingResolver } from './features/workflows/budgets/budget.resolver.js';
import { WorkflowBudgets } from './features/workflows/budgets/workflow-budgets.service.js';
import { PromptUseLoader } from './features/workflows/prompt-use.loader.js';
import { InputSchemas } from './features/workflows/input-schemas.js';
import { PromptBreaks } from './features/workflows/prompt-use.breaks.js';
import {
  BrokenWorkflowStepResolver,
  CommitBreaksResolver,
  LabelMoveBreaksResolver,
  MergeBreaksResolver,
  PromptUseResolver,
  WorkflowStepUseResolver,
} from './features/workflows/prompt-use.resolver.js';
import { PromptUseService } from './features/workflows/prompt-use.service.js';
import { PromptUseStore } from './features/workflows/prompt-use.store.js';
import { StepPrompts } from './features/workflows/step-prompts.js';
import { SecretResolver } from './features/secrets/secret.resolver.js';
import { SecretsService } from './features/secrets/secret.service.js';
import { SecretStore } from './features/secrets/secret.store.js';
import { WorkflowLoader } from './features/workflows/workflow.loader.js';
import { WorkflowResolver, WorkflowVersionResolver } from './features/workflows/workflow.resolver.js';
import { VersionBranchesResolver } from './features/workflows/version-branches.resolver.js';
import { WorkflowValidationResolver } from './features/workflows/workflow-validation.resolver.js';
import { WorkflowValidations } from './features/workflows/workflow-validation.service.js';
import { WorkflowsService } from './features/workflows/workflow.service.js';
import { WorkflowStore } from './features/workflows/workflow.store.js';
import { Resolvers } from './graphql/schema.js';
import { type Ground, layGround } from './ground.js';
import { OutgoingHttp } from './outgoing/outgoing-http.js';
import { OutgoingRequests } from './outgoing/outgoing-requests.js';
import { startServers } from './servers.js';
import { Shutdown } from './shutdown.js';
import { Vault } from './vault/vault.js';

export interface App {
  /** Where it is reached from this machine. */
  url: string;
  /** Lets what runs come to a good place and stops everything. */
  stop(): Promise<void>;
}

/**
 * Starts the whole product in this process.
 * @throws StartupError when its surroundings don't allow it; whatever had been started is stopped again
 */
export async function startApp(config: Config): Promise<App> {
  const shutdown = new Shutdown();
  try {
    const ground = await layGround(config, shutdown);
    const { resolvers, auth, promptRunner } = await startFeatures(ground, shutdown);
    const url = await startServers(ground, resolvers, auth, shutdown);
    // Before the servers, so that those who wait for a run hear of its end; and once more after them, above.
    shutdown.register(() => promptRunner.stop());
    return { url, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

async function startFeatures(ground: Ground, shutdown: Shutdown): Promise<{ resolvers: Resolvers; auth: AuthService; promptRunner: PromptRunner }> {
  const { config, logger, database, bus, jobs, sandbox } = ground;
  const now = () => new Date();

  const hasher = new SecretHasher(config.encryptionKey);
  const authStore = new AuthStore(database);
  const apiKeys = new ApiKeyService(new ApiKeyStore(database), hasher, bus);
  const throttle = new SignInThrottle(new SignInThrottleStore(database), hasher);
  const auth = new AuthService(authStore, apiKeys, new AccessTokens(config.jwtSecret), hasher, throttle, bus);
  const people = new PersonLoader(authStore);

  const promptUses = new PromptUseService(new PromptUseStore(database));
  const outgoing = new OutgoingRequests(config.outgoingAllow);
  shutdown.register(() => outgoing.close());
  const keyVault = new Vault(config.encryptionKey, 'provider-key');
  const credentialStore = new CredentialStore(database);
  const credentialProviders = new CredentialProviders(credentialStore, keyVault, outgoing);
  const credentials = new CredentialService(credentialStore, keyVault, credentialProviders, outgoing, ['simulated', 'openai-compatible']);
  const commonProviders = [new SimulatedProvider(), ...(config.openAiCompatible ? [new OpenAiCompatibleProvider(config.openAiCompatible)] : [])];
  const customPrices = new CustomPrices(new CustomPriceStore(database));
  const providers = new ProvidersService(commonProviders, credentialProviders, customPrices);
  const secrets = new SecretsService(new SecretStore(database), new Vault(config.encryptionKey, 'secret'));
  const spends = new SpendStore(database);
  const spendLoader = new SpendLoader(spends);
  const budgets = new BudgetsService(new BudgetStore(database), spends, now);
  const models = new MeteredCalls(providers, new Spending(spends, budgets, now), new RateLimits(now));
  const versionFinder = new VersionFinder(new VersionFinderStore(database));
  const promptReferences = new ReferenceResolver(versionFinder);
  const promptContents = new ContentReader(providers, promptReferences, sandbox);
  const promptRenderer = new PromptRenderer(promptReferences, sandbox);
  const prompts = new PromptsService(new PromptStore(database), promptContents);
  const promptSources = new PromptSources(prompts, versionFinder, promptContents);
  const stepPrompts = new StepPrompts(prompts, versionFinder, promptReferences, promptContents);
  const promptLoader = new PromptLoader(prompts);
  const labelStore = new LabelStore(database);
  const labels = new LabelsService(labelStore, new LabelFeed(labelStore, bus), prompts, bus);
  const promptBranches = new BranchesService(new BranchStore(database), prompts);
  const branchLoader = new BranchLoader(promptBranches);
  const commitStore = new CommitStore(database);
  const promptCommits = new PromptCommits(commitStore, promptBranches, prompts, promptContents, labels, (workspaceId, ids) => auth.memberNames(workspaceId, ids));
  const promptMerges = new PromptMerges(promptCommits, commitStore, promptBranches, prompts, promptContents);
  const labelLoader = new LabelLoader(labels, promptLoader);
  const dependents = new DependentsService(new DependentStore(database), prompts);
  const promptBreaks = new PromptBreaks(promptUses, prompts, dependents, stepPrompts, promptReferences, new ValueChecker(sandbox));
  const library = new LibraryService(new LibraryStore(database), prompts, labels, dependents, promptUses);
  const folders = new FoldersService(new FolderStore(database));
  const libraryLoader = new LibraryLoader(library, folders, promptLoader);
  const drafts = new DraftsService(new DraftStore(database), prompts, providers);
  const draftLoader = new DraftLoader(drafts, prompts);
  const promptRuns = new PromptRunStore(database);
  const promptRunner = new PromptRunner({
    store: promptRuns,
    providers,
    models,
    checker: new AnswerChecker(sandbox),
    onFault: (err, promptRunId) => logger.error({ err, promptRunId }, 'A run of a prompt failed unexpectedly'),
  });
  const runSources = new RunSources(promptSources, promptRenderer, providers);
  const playground = new PlaygroundService(prompts, runSources, promptRunner, promptRuns, new RunStatsStore(database));
  const inputSchemas = new InputSchemas(sandbox);
  const workflows = new WorkflowsService(new WorkflowStore(database), stepPrompts, providers, secrets, inputSchemas);
  const workflowLoader = new WorkflowLoader(workflows);

  const executionStore = new ExecutionStore(database);
  const runStore = new RunStore(database);
  const lockfileSources = { prompts: stepPrompts, called: new CalledVersions(workflows) };
  const executions = new ExecutionService(executionStore, new ExecutionFeed(executionStore, bus), workflows, lockfileSources, bus);
  const executionLoader = new ExecutionLoader(executions);
  const reruns = new Reruns({ executions, store: executionStore, workflows, sources: lockfileSources, changes: new LockfileChanges({ workflows, prompts, stepPrompts, models: providers }), bus });
  const historyStore = new ExecutionHistoryStore(database);
  const history = new ExecutionHistory(historyStore, new WorkspaceFeed(historyStore, bus), workflows, bus);
  const historyLoader = new ExecutionHistoryLoader(history);
  const control = new ExecutionControl(new SignalStore(database), executions, bus);
  const replays = new Replays({ store: new ReplayStore(database), executions: executionStore, pairs: new PairStore(database), workflows, sources: lockfileSources, control, bus });
  const replayLoader = new ReplayLoader(replays);
  const http = new OutgoingHttp(config.outgoingAllow);
  shutdown.register(() => http.close());
  const stepRunners = (surroundings: RunSurroundings) => createStepRunners({ prompts, models, renderer: promptRenderer, sandbox, http, secrets, workflows, ...surroundings });
  const previews = new WorkflowPreviews({
    workflows,
    sources: lockfileSources,
    runners: stepRunners,
    now,
    onFault: (err, previewId) => logger.error({ err, previewId }, 'A preview failed unexpectedly'),
  });
  const runner = new Runner({
    store: runStore,
    commits: new CommitQueue(runStore, bus),
    jobs,
    bus,
    workflows,
    runners: stepRunners({ children: new Children(new ChildStore(database), runStore, bus), payers: new Payers(executionStore, workflows) }),
    now,
    leaseMs: config.runLeaseMs,
    onFault: (err, executionId) => logger.error({ err, executionId }, 'A run failed unexpectedly'),
  });
  const decisionStore = new DecisionStore(database);
  const decisions = new Decisions(decisionStore, bus);
  const deciders = new PersonNames((workspaceId, ids) => auth.memberNames(workspaceId, ids));
  const approvalLinks = new ApprovalLinks(config.encryptionKey, config.publicUrl, now);
  const approvals = new Approvals({ store: decisionStore, decisions, links: approvalLinks, executions, workflows, people: deciders, values: new ApprovalValues(inputSchemas), now });
  const heldOutcomes = new HeldOutcomes(decisionStore, decisions, executions, deciders, now);
  const executionJobs = new ExecutionJobs({ store: runStore, jobs, bus, now, sweepMs: (config.runLeaseMs * 2) / 3 });
  const retention = new RetentionService(new RetentionStore(database));
  const retentionJobs = new RetentionJobs({ retention, jobs, now });
  const promptRunJobs = new PromptRunJobs({ store: promptRuns, jobs, now, alone: database.engine === 'sqlite' });

  await new SearchIndexStore(database).indexMissing();
  shutdown.register(() => promptRunner.stop());
  runner.start();
  shutdown.register(() => runner.stop());
  shutdown.register(() => previews.stop());
  executionJobs.register();
  retentionJobs.register();
  promptRunJobs.register();
  await jobs.start();
  if (database.engine === 'sqlite') await runStore.endAllLeases();
  await executionJobs.start();
  await retentionJobs.start();
  await promptRunJobs.start();

  const resolvers = new Resolvers([
    new AuthResolver(auth),
    new ApiKeyResolver(apiKeys),
    new ProvidersResolver(providers),
    new CredentialResolver(credentials),
    new ModelPricesResolver(new ModelPricesService(providers, customPrices)),
    new SecretResolver(secrets, people),
    new PromptResolver(prompts, promptLoader),
    new PromptVersionResolver(promptLoader, people),
    new PromptHistoryResolver(prompts, promptBranches, branchLoader),
    new PromptCommitResolver(promptCommits, promptMerges, branchLoader),
    new PromptCommitPreviewResolver(new PromptComparisons(promptCommits, commitStore, prompts, promptContents), promptLoader),
    new PromptMergePreviewResolver(promptMerges, promptLoader),
    new PromptBranchResolver(promptBranches, branchLoader, promptLoader),
    new RenderingResolver(promptSources, new RenderingService(promptSources, promptReferences, promptRenderer)),
    new PromptLibraryResolver(new PromptListService(new PromptListStore(database)), library),
    new PromptFolderResolver(folders, libraryLoader),
    new PromptPlaceResolver(libraryLoader),
    new PromptEdgeResolver(libraryLoader),
    new PromptLabelResolver(labels, labelLoader, promptLoader, people),
    new PromptLabelsResolver(labelLoader),
    new PromptVersionLabelsResolver(labelLoader),
    new PromptLabelMoveResolver(promptLoader, people),
    new PromptDraftResolver(drafts, draftLoader),
    new PromptDraftsResolver(draftLoader),
    new PromptDependentsResolver(new DependentLoader(dependents)),
    new PromptDependentResolver(promptLoader),
    new ChangedDependentsResolver(dependents),
    new LabelMoveDependentsResolver(new DependentBreaks(dependents, prompts, promptReferences)),
    new PlaygroundResolver(playground, promptLoader, people),
    new PromptRunStatsResolver(new PlaygroundLoader(playground)),
    new TransferResolver(new TransferService(new TransferStore(database), providers, sandbox, (workspaceId, ids) => auth.memberNames(workspaceId, ids)), promptLoader),
    new WorkflowResolver(workflows, workflowLoader),
    new WorkflowVersionResolver(workflowLoader, people),
    new BudgetResolver(new WorkflowBudgets(budgets, workflows), workflowLoader),
    new WorkflowSpendingResolver(spendLoader),
    new PromptSpendingResolver(spendLoader),
    new WorkflowValidationResolver(new WorkflowValidations(workflows)),
    new VersionBranchesResolver(branchLoader),
    new PromptUseResolver(new PromptUseLoader(promptUses)),
    new WorkflowStepUseResolver(workflowLoader),
    new CommitBreaksResolver(promptBreaks),
    new MergeBreaksResolver(promptBreaks),
    new LabelMoveBreaksResolver(promptBreaks),
    new BrokenWorkflowStepResolver(workflowLoader),
    new ExecutionResolver(executions, executionLoader, workflowLoader, people),
    new RerunResolver(reruns, executionLoader),
    new ReplayResolver(replays, replayLoader, workflowLoader, people),
    new ReplayedExecutionResolver(replayLoader),
    new ComparisonResolver(new Comparisons(executions, workflows)),
    new ExecutionHistoryResolver(history, historyLoader),
    new StepChildrenResolver(historyLoader),
    new WorkspaceFeedResolver(history),
    new RetentionResolver(retention),
    new ExecutionControlResolver(control),
    new ExecutionStatsResolver(new ExecutionStats(new ExecutionStatsStore(database), workflows, prompts)),
    new ExecutionControlResolver(new ExecutionControl(new SignalStore(database), executions, bus)),
    new StepExecutionResolver(promptLoader),
    new WorkflowPreviewResolver(previews),
    new ExecutionInspectionResolver(),
    new StepInspectionResolver(new InspectionLoader(new InspectionStore(database))),
    new DecisionResolver(approvals, heldOutcomes),
    new StepApprovalResolver(approvals),
    new AvailableValueResolver(new SampleLoader(new SampleStore(database))),
  ]);
  return { resolvers, auth, promptRunner };
}
