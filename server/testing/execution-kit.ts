import { type WorkflowDefinitionInput, type WorkflowStepInput } from '../../schema/workflow-definition.js';
import { InProcessBus } from '../events/in-process-bus.js';
import { AuthStore } from '../features/auth/auth.store.js';
import { type Identity } from '../features/auth/identity.js';
import { PersonLoader } from '../features/auth/person.loader.js';
import { CalledVersions } from '../features/executions/called-versions.js';
import { ChildStore } from '../features/executions/child.store.js';
import { Children } from '../features/executions/children.service.js';
import { CommitQueue } from '../features/executions/commit-queue.js';
import { ApprovalLinks } from '../features/executions/decisions/approval-links.js';
import { ApprovalValues } from '../features/executions/decisions/approval-values.js';
import { Approvals } from '../features/executions/decisions/approvals.service.js';
import { DecisionStore } from '../features/executions/decisions/decision.store.js';
import { Decisions } from '../features/executions/decisions/decisions.service.js';
import { HeldOutcomes } from '../features/executions/decisions/held-outcomes.service.js';
import { PersonNames } from '../features/executions/decisions/person-names.js';
import { ExecutionControl } from '../features/executions/execution-control.service.js';
import { ExecutionFeed } from '../features/executions/execution.feed.js';
import { ExecutionIntake } from '../features/executions/execution-intake.js';
import { ExecutionJobs } from '../features/executions/execution.jobs.js';
import { ExecutionService } from '../features/executions/execution.service.js';
import { ExecutionStore } from '../features/executions/execution.store.js';
import { type ExecutionEvent } from '../features/executions/execution.types.js';
import { PairStore } from '../features/executions/replay/pair.store.js';
import { Replays } from '../features/executions/replay/replay.service.js';
import { ReplayStore } from '../features/executions/replay/replay.store.js';
import { LaunchPlans } from '../features/executions/launch-plans.js';
import { LockfileChanges } from '../features/executions/rerun/lockfile-changes.js';
import { Reruns } from '../features/executions/rerun/rerun.service.js';
import { ExecutionHistory } from '../features/executions/history/execution-history.service.js';
import { ExecutionHistoryStore } from '../features/executions/history/execution-history.store.js';
import { WorkspaceFeed } from '../features/executions/history/workspace-feed.js';
import { SignalStore } from '../features/executions/signal.store.js';
import { type PreviewOptions, WorkflowPreviews } from '../features/executions/preview/preview.service.js';
import { Payers } from '../features/executions/payers.js';
import { RunStore } from '../features/executions/run.store.js';
import { Runner, type RunnerOptions } from '../features/executions/runner.js';
import { createStepRunners, type RunSurroundings } from '../features/executions/steps/step-runners.js';
import { ContentReader } from '../features/prompts/content/content-reader.js';
import { PromptRenderer } from '../features/prompts/content/prompt-renderer.js';
import { ReferenceResolver } from '../features/prompts/content/reference-resolver.js';
import { VersionFinder } from '../features/prompts/content/version-finder.js';
import { VersionFinderStore } from '../features/prompts/content/version-finder.store.js';
import { BranchesService } from '../features/prompts/history/branch.service.js';
import { BranchStore } from '../features/prompts/history/branch.store.js';
import { PromptCommits } from '../features/prompts/history/commit.service.js';
import { CommitStore } from '../features/prompts/history/commit.store.js';
import { LabelFeed } from '../features/prompts/labels/label.feed.js';
import { LabelsService } from '../features/prompts/labels/label.service.js';
import { LabelStore } from '../features/prompts/labels/label.store.js';
import { PromptLoader } from '../features/prompts/prompt.loader.js';
import { PromptsService } from '../features/prompts/prompt.service.js';
import { PromptStore } from '../features/prompts/prompt.store.js';
import { OpenAiCompatibleProvider } from '../features/providers/openai-compatible.provider.js';
import { CustomPriceStore } from '../features/providers/prices/custom-price.store.js';
import { CustomPrices } from '../features/providers/prices/custom-prices.js';
import { type Provider } from '../features/providers/provider.js';
import { ProvidersService } from '../features/providers/providers.service.js';
import { SimulatedProvider } from '../features/providers/simulated.provider.js';
import { SecretsService } from '../features/secrets/secret.service.js';
import { SecretStore } from '../features/secrets/secret.store.js';
import { InputSchemas } from '../features/workflows/input-schemas.js';
import { StepPrompts } from '../features/workflows/step-prompts.js';
import { WorkflowLoader } from '../features/workflows/workflow.loader.js';
import { WorkflowsService } from '../features/workflows/workflow.service.js';
import { WorkflowStore } from '../features/workflows/workflow.store.js';
import { parseAllowedTargets } from '../outgoing/allowed-targets.js';
import { OutgoingHttp } from '../outgoing/outgoing-http.js';
import { type Sandbox } from '../sandbox/sandbox.js';
import { Vault } from '../vault/vault.js';
import { testEncryptionKey } from './auth-services.js';
import { ManualJobQueue } from './manual-job-queue.js';
import { meteredCalls } from './metered-calls.js';
import { startModelServer } from './model-server.js';
import { countQueries } from './query-count.js';
import { createTestDatabase } from './test-database.js';
import { createIdentity, createMember } from './test-identity.js';

const testModel = 'openai-compatible/test';

/**
 * Everything that runs workflows, on a real database and a real model server, under a clock that the test moves.
 * @param sandbox shared by the tests of a suite, since starting its process takes longer than most of them
 * @param databaseServer as `createEmptyDatabase` takes it
 */
export async function startExecutionKit(sandbox: Sandbox, databaseServer?: string | null) {
  const created = await createTestDatabase(undefined, databaseServer);
  const { database, count: queryCount } = countQueries(created.database);
  const modelServer = await startModelServer();
  const jobs = new ManualJobQueue();
  const now = () => jobs.now;
  const bus = new InProcessBus();
  const http = new OutgoingHttp(parseAllowedTargets('127.0.0.1'));
  const prices = new CustomPrices(new CustomPriceStore(database));
  const commonProviders = [new SimulatedProvider(), new OpenAiCompatibleProvider({ baseUrl: modelServer.baseUrl, apiKey: 'sk-test', models: [] })];
  /** Those that the workspace has for itself. */
  const own: Provider[] = [];
  const providers = new ProvidersService(commonProviders, { of: async () => own, find: async (_, id) => own.find((provider) => provider.id === id) }, prices);
  const { spends, budgets, models } = meteredCalls(database, providers, now);
  const versionFinder = new VersionFinder(new VersionFinderStore(database));
  const references = new ReferenceResolver(versionFinder);
  const contents = new ContentReader(providers, references, sandbox);
  const prompts = new PromptsService(new PromptStore(database), contents);
  const labelStore = new LabelStore(database);
  const labels = new LabelsService(labelStore, new LabelFeed(labelStore, bus), prompts, bus);
  const commits = new PromptCommits(new CommitStore(database), new BranchesService(new BranchStore(database), prompts), prompts, contents, labels, async () => new Map());
  const stepPrompts = new StepPrompts(prompts, versionFinder, references, contents);
  const secrets = new SecretsService(new SecretStore(database), new Vault(testEncryptionKey, 'secret'));
  const inputSchemas = new InputSchemas(sandbox);
  const workflows = new WorkflowsService(new WorkflowStore(database), stepPrompts, providers, secrets, inputSchemas);
  const store = new ExecutionStore(database);
  const payers = new Payers(store, workflows);
  const runStore = new RunStore(database);
  const feed = new ExecutionFeed(store, bus);
  const sources = { prompts: stepPrompts, called: new CalledVersions(workflows) };
  const executions = new ExecutionService(store, feed, workflows, sources, bus);
  const plans = new LaunchPlans(workflows, sources);
  const stopListening = plans.listen(bus);
  const executionIntake = new ExecutionIntake(plans, workflows, bus);
  const reruns = new Reruns({ executions, store, workflows, sources, changes: new LockfileChanges({ workflows, prompts, stepPrompts, models: providers }), bus });
  const historyStore = new ExecutionHistoryStore(database);
  const history = new ExecutionHistory(historyStore, new WorkspaceFeed(historyStore, bus), workflows, bus);
  const children = new Children(new ChildStore(database), runStore, bus);
  const control = new ExecutionControl(new SignalStore(database), executions, bus);
  const decisionStore = new DecisionStore(database);
  const decisions = new Decisions(decisionStore, bus);
  const deciders = new PersonNames(async (workspaceId, ids) => new Map((await new AuthStore(database).findMembers(workspaceId, ids)).map(({ id, name }) => [id, name])));
  const links = new ApprovalLinks('a secret for tests that signs links', 'https://prompts.example', now);
  const approvals = new Approvals({ store: decisionStore, decisions, links, executions, workflows, people: deciders, values: new ApprovalValues(inputSchemas), now });
  const held = new HeldOutcomes(decisionStore, decisions, executions, deciders, now);
  const replays = new Replays({ store: new ReplayStore(database), executions: store, pairs: new PairStore(database), workflows, sources, control, bus });
  const identity = await createIdentity(database);
  const faults: unknown[] = [];
  const runners: Runner[] = [];
  const executionJobs = new ExecutionJobs({ store: runStore, jobs, bus, now, onFault: (error) => faults.push(error), sweepMs: 10_000 });
  executionJobs.register();
  await jobs.start();
  const runnersWith = (surroundings: RunSurroundings) =>
    createStepRunners({ prompts, models, renderer: new PromptRenderer(references, sandbox), sandbox, http, secrets, workflows, ...surroundings });

  /** One more process, as far as executions go: it shares the database and the bus with the others. */
  function startRunner(options: Partial<RunnerOptions> = {}): Runner {
    const runner = new Runner({
      store: runStore,
      commits: new CommitQueue(runStore, bus),
      jobs,
      bus,
      workflows,
      runners: runnersWith({ children, payers }),
      now,
      drainMs: 100,
      onFault: (error) => faults.push(error),
      ...options,
    });
    runner.start();
    runners.push(runner);
    return runner;
  }

  const previews: WorkflowPreviews[] = [];

  /** On the real clock: previews set no alarm that the test could move. */
  function startPreviews(options: Partial<PreviewOptions> = {}): WorkflowPreviews {
    const started = new WorkflowPreviews({ workflows, sources, runners: runnersWith, now: () => new Date(), onFault: (error) => faults.push(error), ...options });
    previews.push(started);
    return started;
  }

  return {
    database,
    databaseConfig: created.config,
    queryCount,
    modelServer,
    jobs,
    bus,
    own,
    prices,
    budgets,
    spends,
    prompts,
    commits,
    promptLoader: new PromptLoader(prompts),
    secrets,
    workflows,
    stepPrompts,
    workflowLoader: new WorkflowLoader(workflows),
    people: new PersonLoader(new AuthStore(database)),
    executions,
    executionIntake,
    history,
    control,
    reruns,
    approvals,
    held,
    replays,
    store,
    runStore,
    feed,
    executionJobs,
    identity,
    faults,
    startRunner,
    startPreviews,

    /** An editor of the workspace. */
    member: (name: string) => createMember(database, identity.workspaceId, name),

    async createPrompt(name: string, template: string, model = testModel): Promise<string> {
      const prompt = await prompts.create(identity, {
        name,
        description: '',
        kind: 'TEXT',
        message: 'First version',
        messages: [{ role: 'USER', content: template }],
        settings: { model },
      });
      return prompt.id;
    },

    async createWorkflow(definition: Omit<WorkflowDefinitionInput, 'maxParallel'> & { maxParallel?: number }): Promise<string> {
      const workflow = await workflows.create(identity, {
        name: `Workflow ${++counter}`,
        description: '',
        message: 'First version',
        definition: { maxParallel: 4, ...definition },
      });
      return workflow.id;
    },

    /** Every event until the execution ends. */
    async allEvents(executionId: string, as: Identity = identity): Promise<ExecutionEvent[]> {
      const events: ExecutionEvent[] = [];
      for await (const event of feed.follow(as.workspaceId, executionId, 0)) events.push(event);
      return events;
    },

    /** Settles with the first event that fits, whether it is stored already or still to come. */
    async event(executionId: string, fits: (event: ExecutionEvent) => boolean): Promise<ExecutionEvent> {
      for await (const event of feed.follow(identity.workspaceId, executionId, 0)) if (fits(event)) return event;
      throw new Error('The execution ended without such an event.');
    },

    async stopRunners(): Promise<void> {
      await Promise.all(runners.map((runner) => runner.stop()));
    },

    async stop(): Promise<void> {
      stopListening();
      await Promise.all([...runners, ...previews].map((started) => started.stop()));
      await jobs.stop();
      await http.close();
      await modelServer.close();
      await created.drop();
    },
  };
}

export type ExecutionKit = Awaited<ReturnType<typeof startExecutionKit>>;

let counter = 0;

/** A step with the defaults that the API would give it. */
function stepOf(step: Pick<WorkflowStepInput, 'key' | 'type' | 'settings'> & Partial<WorkflowStepInput>): WorkflowStepInput {
  return { name: step.key, dependsOn: [], inputs: [], timeoutMs: 30_000, ...step };
}

export function transform(key: string, expression: string, inputs: Record<string, string> = {}, more: Partial<WorkflowStepInput> = {}): WorkflowStepInput {
  return stepOf({ key, type: 'TRANSFORM', settings: { expression }, inputs: mapping(inputs), ...more });
}

export function promptStep(key: string, promptId: string, inputs: Record<string, string> = {}, more: Partial<WorkflowStepInput> = {}): WorkflowStepInput {
  return stepOf({ key, type: 'PROMPT', settings: { promptId }, inputs: mapping(inputs), ...more });
}

/** A step of another type, with the defaults that the API would give it. */
export function step(key: string, type: WorkflowStepInput['type'], settings: unknown, more: Partial<WorkflowStepInput> = {}): WorkflowStepInput {
  return stepOf({ key, type, settings, ...more });
}

function mapping(inputs: Record<string, string>) {
  return Object.entries(inputs).map(([name, from]) => ({ name, from }));
}
