import type { AuditActorType, AuditFilterInput, AuditOutcome } from '../../gql/graphql';

export const actorTypes = ['PERSON', 'API_KEY', 'TRIGGER', 'LINK', 'SYSTEM'] satisfies AuditActorType[];
export const outcomes = ['DONE', 'REFUSED', 'FAILED', 'UNKNOWN'] satisfies AuditOutcome[];

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** How far back, by what stands in the address. */
export const ranges = [
  { value: '1h', label: 'Last hour', ms: hourMs },
  { value: '24h', label: 'Last 24 hours', ms: dayMs },
  { value: '7d', label: 'Last 7 days', ms: 7 * dayMs },
  { value: '30d', label: 'Last 30 days', ms: 30 * dayMs },
  { value: '365d', label: 'Last year', ms: 365 * dayMs },
] as const;

/** The names of the filters in the page's address. */
export const filterNames = ['search', 'who', 'actor', 'what', 'object', 'since', 'outcome'] as const;

/** What the page's address asks the server for. What makes no sense there counts as absent. @param now what "the last hour" ends at */
export function filterOf(params: URLSearchParams, now: number): AuditFilterInput {
  const range = ranges.find(({ value }) => value === params.get('since'));
  const what = params.get('what');
  return {
    search: params.get('search'),
    actorType: actorTypes.find((each) => each === params.get('who')?.toUpperCase()),
    actorId: params.get('actor'),
    action: what && /^[\w.-]*\*?$/.test(what) ? what : null,
    subjectId: params.get('object'),
    from: range ? new Date(Math.floor((now - range.ms) / minuteMs) * minuteMs).toISOString() : null,
    outcome: outcomes.find((each) => each === params.get('outcome')?.toUpperCase()),
  };
}

export const isNarrowed = (params: URLSearchParams): boolean => filterNames.some((name) => params.get(name));

/** The address of what has the same filter, as the export takes it. */
export function exportAddress(format: 'csv' | 'jsonl', filter: AuditFilterInput): string {
  const given = Object.entries(filter).flatMap(([name, value]) => (typeof value === 'string' && value !== '' ? [[name, value]] : []));
  const query = new URLSearchParams(given).toString();
  return `/audit.${format}${query ? `?${query}` : ''}`;
}
