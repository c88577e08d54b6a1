import { CalledVersions } from '../features/executions/called-versions.js';
import { ChildStore } from '../features/executions/child.store.js';
import { Children } from '../features/executions/children.service.js';
import { CommitQueue } from '../features/executions/commit-queue.js';
import { ComparisonResolver } from '../features/executions/compare/comparison.resolver.js';
import { Comparisons } from '../features/executions/compare/comparison.service.js';
import { ApprovalLinks } from '../features/executions/decisions/approval-links.js';
import { ApprovalValues } from '../features/executions/decisions/approval-values.js';
import { Approvals } from '../features/executions/decisions/approvals.service.js';
import { DecisionResolver, StepApprovalResolver } from '../features/executions/decisions/decision.resolver.js';
import { DecisionStore } from '../features/executions/decisions/decision.store.js';
import { Decisions } from '../features/executions/decisions/decisions.service.js';
import { HeldOutcomes } from '../features/executions/decisions/held-outcomes.service.js';
import { PersonNames } from '../features/executions/decisions/person-names.js';
import { ExecutionControlResolver } from '../features/executions/execution-control.resolver.js';
import { ExecutionControl } from '../features/executions/execution-control.service.js';
import { ExecutionFeed } from '../features/executions/execution.feed.js';
import { ExecutionJobs } from '../features/executions/execution.jobs.js';
import { ExecutionLoader } from '../features/executions/execution.loader.js';
import { ExecutionResolver } from '../features/executions/execution.resolver.js';
import { ExecutionService } from '../features/executions/execution.service.js';
import { ExecutionStore } from '../features/executions/execution.store.js';
import { ExecutionIntake } from '../features/executions/execution-intake.js';
import { ExecutionHistoryLoader } from '../features/executions/history/execution-history.loader.js';
import { ExecutionHistoryResolver, StepChildrenResolver } from '../features/executions/history/execution-history.resolver.js';
import { ExecutionHistory } from '../features/executions/history/execution-history.service.js';
import { ExecutionHistoryStore } from '../features/executions/history/execution-history.store.js';
import { WorkspaceFeed } from '../features/executions/history/workspace-feed.js';
import { WorkspaceFeedResolver } from '../features/executions/history/workspace-feed.resolver.js';
import { InspectionLoader } from '../features/executions/inspection/inspection.loader.js';
import { ExecutionInspectionResolver, StepInspectionResolver } from '../features/executions/inspection/inspection.resolver.js';
import { InspectionStore } from '../features/executions/inspection/inspection.store.js';
import { Payers } from '../features/executions/payers.js';
import { WorkflowPreviewResolver } from '../features/executions/preview/preview.resolver.js';
import { WorkflowPreviews } from '../features/executions/preview/preview.service.js';
import { PairStore } from '../features/executions/replay/pair.store.js';
import { LaunchPlans } from '../features/executions/launch-plans.js';
import { ReplayLoader } from '../features/executions/replay/replay.loader.js';
import { ReplayResolver } from '../features/executions/replay/replay.resolver.js';
import { Replays } from '../features/executions/replay/replay.service.js';
import { ReplayStore } from '../features/executions/replay/replay.store.js';
import { ReplayedExecutionResolver } from '../features/executions/replay/replayed.resolver.js';
import { LockfileChanges } from '../features/executions/rerun/lockfile-changes.js';
import { RerunResolver } from '../features/executions/rerun/rerun.resolver.js';
import { Reruns } from '../features/executions/rerun/rerun.service.js';
import { RetentionResolver } from '../features/executions/retention/retention.resolver.js';
import { RetentionService } from '../features/executions/retention/retention.service.js';
import { RetentionStore } from '../features/executions/retention/retention.store.js';
import { RunStore } from '../features/executions/run.store.js';
import { Runner } from '../features/executions/runner.js';
import { SampleLoader } from '../features/executions/sample.loader.js';
import { AvailableValueResolver } from '../features/executions/sample.resolver.js';
import { SampleStore } from '../features/executions/sample.store.js';
import { SignalStore } from '../features/executions/signal.store.js';
import { ExecutionStatsResolver } from '../features/executions/stats/execution-stats.resolver.js';
import { ExecutionStats } from '../features/executions/stats/execution-stats.service.js';
import { ExecutionStatsStore } from '../features/executions/stats/execution-stats.store.js';
import { StepExecutionResolver } from '../features/executions/step-execution.resolver.js';
import { createStepRunners, type RunSurroundings } from '../features/executions/steps/step-runners.js';
import { type Ground } from '../ground.js';
import { HourlyJob } from '../jobs/hourly-job.js';
import { OutgoingHttp } from '../outgoing/outgoing-http.js';
import { type Shutdown } from '../shutdown.js';
import { type AuditParts } from './audit.wiring.js';
import { type AuthParts } from './auth.wiring.js';
import { type PromptParts } from './prompts.wiring.js';
import { type ProviderParts } from './providers.wiring.js';
import { type WorkflowParts } from './workflows.wiring.js';

/** What runs workflows, and all that is asked of their runs. */
export function wireExecutions(ground: Ground, { people, memberNames }: AuthParts, { journal, secretTrail }: AuditParts, providerParts: ProviderParts, promptParts: PromptParts, workflowParts: WorkflowParts, shutdown: Shutdown) {
  const { config, logger, database, bus, jobs, sandbox, now } = ground;
  const { providers, models, secrets, budgets } = providerParts;
  const { prompts, renderer, promptLoader } = promptParts;
  const { workflows, workflowLoader, stepPrompts, inputSchemas } = workflowParts;
  const store = new ExecutionStore(database);
  const runStore = new RunStore(database, () => bus.publish('outbox.filled', {}));
  const sources = { prompts: stepPrompts, called: new CalledVersions(workflows) };
  const executions = new ExecutionService(store, new ExecutionFeed(store, bus), workflows, sources, bus);
  const executionLoader = new ExecutionLoader(executions);
  const plans = new LaunchPlans(workflows, sources);
  shutdown.register(plans.listen(bus));
  const reruns = new Reruns({ executions, store, workflows, sources, changes: new LockfileChanges({ workflows, prompts, stepPrompts, models: providers }), bus });
  const historyStore = new ExecutionHistoryStore(database);
  const history = new ExecutionHistory(historyStore, new WorkspaceFeed(historyStore, bus), workflows, bus);
  const historyLoader = new ExecutionHistoryLoader(history);
  const control = new ExecutionControl(new SignalStore(database), executions, bus);
  const replays = new Replays({ store: new ReplayStore(database), executions: store, pairs: new PairStore(database), workflows, sources, control, bus });
  const replayLoader = new ReplayLoader(replays);
  const http = new OutgoingHttp(config.outgoingAllow);
  shutdown.register(() => http.close());
  const runners = (surroundings: RunSurroundings) => createStepRunners({ prompts, models, renderer, sandbox, http, secrets, workflows, ...surroundings });
  const previews = new WorkflowPreviews({
    workflows,
    sources,
    runners,
    now,
    onFault: (err, previewId) => logger.error({ err, previewId }, 'A preview failed unexpectedly'),
  });
  const takenOver = ground.metrics?.counter('lease_takeovers_total', 'Executions taken over whose process did not bring them to an end.', 'by');
  const runner = new Runner({
    store: runStore,
    commits: new CommitQueue(runStore, bus, ground.metrics?.counter('executions_ended_total', 'Executions that this process brought to an end.', 'status')),
    jobs,
    bus,
    workflows,
    runners: runners({ children: new Children(new ChildStore(database), runStore, bus), payers: new Payers(store, workflows) }),
    now,
    leaseMs: config.runLeaseMs,
    onFault: (err, executionId) => logger.error({ err, executionId }, 'A run failed unexpectedly'),
    onTakeover: () => takenOver?.('runner'),
  });
  const executionIntake = new ExecutionIntake(plans, workflows, bus, runner);
  const decisionStore = new DecisionStore(database);
  const decisions = new Decisions(decisionStore, bus);
  const deciders = new PersonNames(memberNames);
  const links = new ApprovalLinks(config.encryptionKey, config.publicUrl, now);
  const approvals = new Approvals({ store: decisionStore, decisions, links, executions, workflows, people: deciders, values: new ApprovalValues(inputSchemas), secretTrail, journal, now });
  const retention = new RetentionService(new RetentionStore(database), budgets, journal);
  return {
    executions,
    replays,
    retention,
    executionLoader,
    executionIntake,
    runStore,
    runner,
    previews,
    retentionJobs: new HourlyJob({ name: 'execution.prune', firstAfterMs: 60_000, work: (at) => retention.prune(at), jobs, now }),
    executionJobs: new ExecutionJobs({ store: runStore, jobs, bus, now, onFault: (err) => logger.error({ err }, 'A sweep failed unexpectedly'), sweepMs: (config.runLeaseMs * 2) / 3 }),
    resolvers: [
      new ExecutionResolver(executions, executionLoader, workflowLoader, people),
      new RerunResolver(reruns, executionLoader),
      new ReplayResolver(replays, replayLoader, workflowLoader, people),
      new ReplayedExecutionResolver(replayLoader),
      new ComparisonResolver(new Comparisons(executions, workflows)),
      new ExecutionHistoryResolver(history, historyLoader),
      new StepChildrenResolver(historyLoader),
      new WorkspaceFeedResolver(history),
      new ExecutionControlResolver(control),
      new ExecutionStatsResolver(new ExecutionStats(new ExecutionStatsStore(database), workflows, prompts)),
      new StepExecutionResolver(promptLoader),
      new WorkflowPreviewResolver(previews),
      new ExecutionInspectionResolver(),
      new StepInspectionResolver(new InspectionLoader(new InspectionStore(database))),
      new DecisionResolver(approvals, new HeldOutcomes(decisionStore, decisions, executions, deciders, now)),
      new StepApprovalResolver(approvals),
      new RetentionResolver(retention),
      new AvailableValueResolver(new SampleLoader(new SampleStore(database))),
    ],
  };
}

export type ExecutionParts = ReturnType<typeof wireExecutions>;
