import { type SubjectReader } from '../audit/audit-subjects.js';
import { type DeliveriesService } from './deliveries/delivery.service.js';
import { type TriggersService } from './trigger.service.js';

/** What the audit log tells of triggers, never their secrets, and of deliveries. */
export function triggerSubjects(triggers: Pick<TriggersService, 'find'>, deliveries: Pick<DeliveriesService, 'find'>): Record<string, SubjectReader> {
  return {
    trigger: async (workspaceId, id) => {
      const { name, type, workflowId, settings, mapping, branch, promptLabel, overlap, maxRuns, ratePerMinute, active } = await triggers.find(workspaceId, id);
      return { name, facts: { name, type, workflowId, settings, mapping, branch, promptLabel, overlap, maxRuns, ratePerMinute, active } };
    },
    delivery: async (workspaceId, id) => {
      const { triggerId, source, verdict, state } = await deliveries.find(workspaceId, id);
      return { name: source, facts: { triggerId, verdict, state } };
    },
  };
}
