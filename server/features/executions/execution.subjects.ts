import { type SubjectReader } from '../audit/audit-subjects.js';
import { type WorkflowsService } from '../workflows/workflow.service.js';
import { type ExecutionService } from './execution.service.js';
import { type Replays } from './replay/replay.service.js';
import { type RetentionService } from './retention/retention.service.js';

export interface ExecutionSubjectSources {
  executions: Pick<ExecutionService, 'find'>;
  workflows: Pick<WorkflowsService, 'get'>;
  replays: Pick<Replays, 'byIds'>;
  retention: Pick<RetentionService, 'settingsOf'>;
}

/** What the audit log tells of runs. What happens within one is told by its own events. */
export function executionSubjects({ executions, workflows, replays, retention }: ExecutionSubjectSources): Record<string, SubjectReader> {
  return {
    execution: async (workspaceId, id) => {
      const { workflowId, status, labels } = await executions.find({ workspaceId }, id);
      return { name: (await workflows.get(workspaceId, workflowId)).name, facts: { status, labels } };
    },
    executions: () => Promise.resolve({ name: 'Runs', facts: {} }),
    replay: async (workspaceId, id) => {
      const replay = (await replays.byIds(workspaceId, [id])).get(id);
      return replay && { name: (await workflows.get(workspaceId, replay.workflowId)).name, facts: { branch: replay.branch } };
    },
    retention: async (workspaceId) => ({ name: 'Retention of runs', facts: { ...(await retention.settingsOf(workspaceId)) } }),
  };
}
