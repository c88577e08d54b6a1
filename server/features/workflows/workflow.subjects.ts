import { type SubjectReader } from '../audit/audit-subjects.js';
import { type WorkflowsService } from './workflow.service.js';

/** What the audit log tells of workflows: which version is the newest. The versions themselves are never changed, and are kept. */
export function workflowSubjects(workflows: Pick<WorkflowsService, 'get' | 'headVersion'>): Record<string, SubjectReader> {
  return {
    workflow: async (workspaceId, id) => {
      const [{ name, description }, { number, contentHash }] = await Promise.all([workflows.get(workspaceId, id), workflows.headVersion(workspaceId, id)]);
      return { name, facts: { name, description, version: number, content: contentHash.slice(0, 16) } };
    },
  };
}
