import type { ExecutionFilterInput, ExecutionStatus, ExecutionTrigger } from '../../../gql/graphql';

const statuses = ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED', 'COMPLETED', 'FAILED', 'CANCELLED'] satisfies ExecutionStatus[];
const triggers = ['MANUAL', 'API', 'SCHEDULED', 'WEBHOOK', 'EVENT', 'RERUN', 'REPLAY', 'WORKFLOW'] satisfies ExecutionTrigger[];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How far back, by what stands in the address. */
export const ranges = [
  { value: '1h', label: 'Last hour', ms: hourMs },
  { value: '24h', label: 'Last 24 hours', ms: dayMs },
  { value: '7d', label: 'Last 7 days', ms: 7 * dayMs },
  { value: '30d', label: 'Last 30 days', ms: 30 * dayMs },
] as const;

/** What can be asked of a status: one, or one of the two that people look for most. */
export const statusChoices = [
  { value: 'unfinished', label: 'Not ended yet' },
  { value: 'approval', label: 'Waiting for approval' },
] as const;

const statusOf = (value: string | null): ExecutionStatus | undefined => statuses.find((each) => each === value?.toUpperCase());

export { statuses, triggers };

/** The names of the filters in the page's address. `from` and `to` are times, such as a chart links to. */
export const filterNames = ['workflow', 'status', 'trigger', 'since', 'from', 'to', 'label', 'search', 'branch', 'replay', 'launchedBy'] as const;

/**
 * What the page's address asks the server for. What makes no sense there counts as absent.
 * @param now what "the last hour" ends at
 */
export function filterOf(params: URLSearchParams, now: number): ExecutionFilterInput {
  const status = params.get('status');
  const trigger = triggers.find((each) => each === params.get('trigger')?.toUpperCase());
  const range = ranges.find(({ value }) => value === params.get('since'));
  const from = range ? new Date(Math.floor((now - range.ms) / minuteMs) * minuteMs).toISOString() : timeOf(params.get('from'));
  const label = params.get('label');
  return {
    workflowId: params.get('workflow'),
    statuses: statusesOf(status),
    waitingFor: status === 'approval' ? 'APPROVAL' : null,
    triggers: trigger ? [trigger] : null,
    from,
    to: range ? null : timeOf(params.get('to')),
    labels: label ? [label] : null,
    search: params.get('search'),
    branch: params.get('branch'),
    replayId: params.get('replay'),
    triggerId: params.get('launchedBy'),
  };
}

export const isNarrowed = (params: URLSearchParams): boolean => filterNames.some((name) => params.get(name));

function statusesOf(value: string | null): ExecutionStatus[] | null {
  if (value === 'unfinished') return ['QUEUED', 'RUNNING', 'WAITING', 'PAUSED'];
  const status = statusOf(value);
  return status ? [status] : null;
}

function timeOf(text: string | null): string | null {
  const ms = text ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms).toISOString();
}
