import { type ProductEventType } from '../../../outbox/outbox.js';
import { matchesPattern } from './event-pattern.js';

const execution = {
  execution: {
    id: '01990000-0000-7000-8000-000000000000',
    workflowId: '01990000-0000-7000-8000-000000000001',
    trigger: 'MANUAL',
    status: 'COMPLETED',
    inputs: {},
    branch: null,
    labels: [],
    createdAt: '2026-01-01T08:00:00.000Z',
    startedAt: '2026-01-01T08:00:00.100Z',
    finishedAt: '2026-01-01T08:00:02.300Z',
    costUsd: 0.0012,
  },
};

const trigger = { triggerId: '01990000-0000-7000-8000-000000000006', workflowId: execution.execution.workflowId };

/** What the payload of each of the product's own events looks like. */
export const productEventSamples: Record<ProductEventType, Record<string, unknown>> = {
  'execution.completed': { ...execution, output: 'What the run came to' },
  'execution.failed': { execution: { ...execution.execution, status: 'FAILED' }, error: { code: 'STEP_FAILED', message: 'Why it failed', stepKey: 'summarise' } },
  'execution.cancelled': { execution: { ...execution.execution, status: 'CANCELLED' } },
  'schedule.late': { ...trigger, name: 'Each morning', dueAt: '2026-01-01T08:00:00.000Z' },
  'trigger.failed': { ...trigger, name: 'Orders', deliveryId: '01990000-0000-7000-8000-000000000007', attempts: 8, error: 'Why it could not be launched' },
  'prompt.label.moved': {
    promptId: '01990000-0000-7000-8000-000000000002',
    path: 'support/reply',
    label: 'production',
    fromVersionId: '01990000-0000-7000-8000-000000000003',
    toVersionId: '01990000-0000-7000-8000-000000000004',
    movedById: '01990000-0000-7000-8000-000000000005',
  },
};

/** The payload of the first of the product's own events that a pattern matches; empty where only others' do. */
export function samplePayloadOf(pattern: string): Record<string, unknown> {
  const found = Object.entries(productEventSamples).find(([type]) => matchesPattern(pattern, type));
  return found?.[1] ?? {};
}
