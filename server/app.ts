import { type Config } from './config.js';
import { type AuthService } from './features/auth/auth.service.js';
import { type PromptRunner } from './features/prompts/playground/prompt-runner.js';
import { PromptUseService } from './features/workflows/prompt-use.service.js';
import { PromptUseStore } from './features/workflows/prompt-use.store.js';
import { TriggerStore } from './features/triggers/trigger.store.js';
import { Resolvers } from './graphql/schema.js';
import { type Ground, layGround } from './ground.js';
import { startServers, startWorkerServer } from './servers.js';
import { Shutdown } from './shutdown.js';
import { registerAuditSubjects } from './wiring/audit-subjects.wiring.js';
import { type AuditParts, wireAudit, wireAuditJournal } from './wiring/audit.wiring.js';
import { wireAuth } from './wiring/auth.wiring.js';
import { wireEvents } from './wiring/events.wiring.js';
import { type ExecutionParts, wireExecutions } from './wiring/executions.wiring.js';
import { wireMetrics } from './wiring/metrics.wiring.js';
import { wirePrompts } from './wiring/prompts.wiring.js';
import { wireProviders } from './wiring/providers.wiring.js';
import { wireSchedules } from './wiring/schedules.wiring.js';
import { type TriggerParts, wireTriggers } from './wiring/triggers.wiring.js';
import { type WebhookParts, wireWebhooks } from './wiring/webhooks.wiring.js';
import { wireWorkflows } from './wiring/workflows.wiring.js';

export interface App {
  /** Where it is reached from this machine. */
  url: string;
  /** Lets what runs come to a good place and stops everything. */
  stop(): Promise<void>;
}

/**
 * Starts the product in this process, or the part of it that its role names.
 * @throws StartupError when its surroundings don't allow it; whatever had been started is stopped again
 */
export async function startApp(config: Config): Promise<App> {
  const shutdown = new Shutdown();
  try {
    const ground = await layGround(config, shutdown);
    const { resolvers, auth, audit, promptRunner, triggers, webhooks } = await startFeatures(ground, shutdown);
    const isWorker = config.role === 'worker';
    const url = isWorker ? await startWorkerServer(ground, shutdown) : await startServers(ground, resolvers, auth, audit, webhooks.receiver, triggers.apiLaunches, shutdown);
    // Before the servers, so that those who wait for a run hear of its end; and once more after them, above.
    shutdown.register(() => promptRunner.stop());
    return { url, stop: () => shutdown.run() };
  } catch (error) {
    await shutdown.run();
    throw error;
  }
}

/** Features in their order: each knows those before it. */
async function startFeatures(ground: Ground, shutdown: Shutdown): Promise<{ resolvers: Resolvers; auth: AuthService; audit: AuditParts; promptRunner: PromptRunner; triggers: TriggerParts; webhooks: WebhookParts }> {
  const { database } = ground;
  const promptUses = new PromptUseService(new PromptUseStore(database));
  const journal = wireAuditJournal(ground, shutdown);
  const triggerStore = new TriggerStore(database);
  const auth = wireAuth(ground, journal, (workspaceId, ids) => triggerStore.existing(workspaceId, ids));
  const audit = wireAudit(ground, journal, auth);
  const providers = wireProviders(ground, auth, audit, shutdown);
  const prompts = wirePrompts(ground, auth, providers, promptUses);
  const workflows = wireWorkflows(ground, auth, providers, prompts, promptUses);
  const executions = wireExecutions(ground, auth, audit, providers, prompts, workflows, shutdown);
  wireMetrics(ground, executions);
  const triggers = wireTriggers(ground, triggerStore, auth, workflows, executions);
  const webhooks = wireWebhooks(ground, triggerStore, triggers, shutdown);
  const schedules = wireSchedules(ground, triggers);
  const events = wireEvents(ground, triggerStore, triggers, executions, shutdown);

  registerAuditSubjects(audit.subjects, { auth, providers, prompts, workflows, executions, triggers });
  await prompts.searchIndex.indexMissing();
  shutdown.register(() => prompts.promptRunner.stop());
  shutdown.register(() => executions.previews.stop());
  const jobs = [
    executions.executionJobs,
    executions.retentionJobs,
    prompts.promptRunJobs,
    audit.auditJobs,
    triggers.launchJobs,
    events.dispatcher,
    triggers.retentionJobs,
    schedules.scheduleJobs,
  ];
  if (ground.config.role !== 'api') await startWork(ground, executions, jobs, shutdown);
  // In every process: one that serves the API alone tells when nobody is left to launch schedules.
  schedules.scheduleWatch.start();
  shutdown.register(() => schedules.scheduleWatch.stop());
  shutdown.register(() => schedules.scheduleJobs.stop());
  const parts: { resolvers: object[] }[] = [
    auth,
    audit,
    providers,
    prompts,
    workflows,
    executions,
    triggers,
    webhooks,
    schedules,
    events,
  ];
  return { resolvers: new Resolvers(parts.flatMap(({ resolvers }) => resolvers)), auth: auth.auth, audit, promptRunner: prompts.promptRunner, triggers, webhooks };
}

/** A job that was lost while others were not is noticed by nobody. */
const rearmAfterLeases = 4;

interface Jobs {
  /** Says what is done when they are due. */
  register(): void;
  /** Ends what an earlier process of this machine was at, before this one is at anything. */
  recover?(): Promise<void>;
  /** Finds what is due already, and sets the alarm clock. It is done again and again: jobs may be lost, one of them or all. */
  start(): Promise<void>;
}

/** From here on this process runs executions and jobs. */
async function startWork({ config, logger, database, jobs }: Ground, { runner, runStore }: ExecutionParts, parts: readonly Jobs[], shutdown: Shutdown): Promise<void> {
  runner.start();
  shutdown.register(() => runner.stop());
  for (const part of parts) part.register();
  await jobs.start();
  // One process uses the file, so whoever held these leases is gone.
  if (database.engine === 'sqlite') await runStore.endAllLeases();
  for (const part of parts) await part.recover?.();
  const arm = async () => {
    for (const part of parts) await part.start();
  };
  await arm();
  jobs.onLost(arm);
  const onFault = (err: unknown) => logger.error({ err }, 'Jobs could not be armed anew and will be soon');
  const rearm = async () => {
    // What is wrong with one keeps no other from being armed.
    for (const part of parts) await part.start().catch(onFault);
  };
  let rearming: Promise<void> | undefined;
  const timer = setInterval(() => void (rearming ??= rearm().finally(() => (rearming = undefined))), rearmAfterLeases * config.runLeaseMs);
  shutdown.register(async () => {
    clearInterval(timer);
    await rearming;
  });
}
