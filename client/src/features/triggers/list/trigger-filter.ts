import type { TriggerFilter, TriggerType } from '../../../gql/graphql';
import { triggerStates } from '../trigger-state';

const types = ['MANUAL', 'SCHEDULED', 'WEBHOOK', 'API', 'EVENT'] satisfies TriggerType[];

const filterNames = ['type', 'workflow', 'state', 'search'] as const;

export const triggerTypeIn = (value: string | null): TriggerType | undefined => types.find((type) => type === value?.toUpperCase());

/** What the page's address asks the server for. What makes no sense there counts as absent. */
export function filterOf(params: URLSearchParams): TriggerFilter {
  return {
    type: triggerTypeIn(params.get('type')) ?? null,
    workflowId: params.get('workflow'),
    state: triggerStates.find((state) => state === params.get('state')?.toUpperCase()) ?? null,
    search: params.get('search'),
  };
}

export const isNarrowed = (params: URLSearchParams): boolean => filterNames.some((name) => params.get(name));
