import type { ExecutionTrigger } from '../../../gql/graphql';

const words: Record<ExecutionTrigger, string> = {
  MANUAL: 'By hand',
  API: 'API',
  SCHEDULED: 'Schedule',
  WEBHOOK: 'Webhook',
  EVENT: 'Event',
  RERUN: 'Re-run',
  REPLAY: 'Replay',
  WORKFLOW: 'Workflow',
};

/** What started a run, in words. */
export const triggerWord = (trigger: ExecutionTrigger): string => words[trigger];
