import { type AuditSubjects } from '../features/audit/audit-subjects.js';
import { executionSubjects } from '../features/executions/execution.subjects.js';
import { promptSubjects } from '../features/prompts/prompt.subjects.js';
import { providerSubjects } from '../features/providers/provider.subjects.js';
import { secretSubjects } from '../features/secrets/secret.subjects.js';
import { triggerSubjects } from '../features/triggers/trigger.subjects.js';
import { workflowSubjects } from '../features/workflows/workflow.subjects.js';
import { type AuthParts } from './auth.wiring.js';
import { type ExecutionParts } from './executions.wiring.js';
import { type PromptParts } from './prompts.wiring.js';
import { type ProviderParts } from './providers.wiring.js';
import { type TriggerParts } from './triggers.wiring.js';
import { type WorkflowParts } from './workflows.wiring.js';

interface Features {
  auth: AuthParts;
  providers: ProviderParts;
  prompts: PromptParts;
  workflows: WorkflowParts;
  executions: ExecutionParts;
  triggers: TriggerParts;
}

/** What the audit log reads of each kind of thing, before and after it is changed. */
export function registerAuditSubjects(subjects: AuditSubjects, { auth, providers, prompts, workflows, executions, triggers }: Features): void {
  subjects.register({
    workspace: () => Promise.resolve({ name: 'Workspace', facts: {} }),
    apiKey: async (workspaceId, id) => {
      const key = await auth.apiKeys.find(workspaceId, id);
      return key && { name: key.name, facts: { name: key.name, begins: key.prefix, expires: key.expiresAt, triggers: key.triggerIds, revoked: key.revokedAt !== null } };
    },
  });
  subjects.register(secretSubjects(providers.secrets));
  subjects.register(providerSubjects(providers));
  subjects.register(promptSubjects(prompts));
  subjects.register(workflowSubjects(workflows.workflows));
  subjects.register(executionSubjects({ ...executions, workflows: workflows.workflows }));
  subjects.register(triggerSubjects(triggers.triggers, triggers.deliveries));
}
