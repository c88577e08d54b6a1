import type { LibraryPromptsQueryVariables, PromptFilterInput, PromptKind, PromptOrder } from '../../../../gql/graphql';

/** What the list of prompts shows, as the page's address has it. */
export interface LibraryView {
  search: string;
  /** A folder's id, or one of the places that are no folder. */
  place: string;
  tags: readonly string[];
  kind: PromptKind | null;
  label: string;
  order: PromptOrder;
}

/** Places beside the folders. No id looks like these. */
export const places = { all: 'all', unfiled: 'unfiled', archived: 'archived' } as const;

export const isFolder = (place: string): boolean => !Object.values<string>(places).includes(place);

const kinds: Record<string, PromptKind> = { text: 'TEXT', chat: 'CHAT' };
const orders: Record<string, PromptOrder> = { name: 'NAME', created: 'CREATED' };

export function viewOf(params: URLSearchParams): LibraryView {
  return {
    search: params.get('search') ?? '',
    place: params.get('folder') || places.all,
    tags: [...new Set(params.getAll('tag').filter(Boolean))],
    kind: ownValue(kinds, params.get('kind')) ?? null,
    label: params.get('label') ?? '',
    order: ownValue(orders, params.get('order')) ?? 'UPDATED',
  };
}

/** The address with a part of the view changed; what the view does not know stays. */
export function withView(params: URLSearchParams, change: Partial<LibraryView>): URLSearchParams {
  const view = { ...viewOf(params), ...change };
  const next = new URLSearchParams(params);
  const set = (name: string, value: string | undefined) => (value ? next.set(name, value) : next.delete(name));
  set('search', view.search.trim());
  set('folder', view.place === places.all ? undefined : view.place);
  next.delete('tag');
  for (const tag of view.tags) next.append('tag', tag);
  set('kind', view.kind?.toLowerCase());
  set('label', view.label.trim());
  set('order', view.order === 'UPDATED' ? undefined : view.order.toLowerCase());
  return next;
}

/** How many filters are set, the search and the place aside. */
export const countFilters = ({ tags, kind, label }: LibraryView): number => tags.length + (kind ? 1 : 0) + (label ? 1 : 0);

/** Whether the view leaves prompts of its place out. */
export const isNarrowed = (view: LibraryView): boolean => view.search !== '' || countFilters(view) > 0;

export const noFilters = { search: '', tags: [], kind: null, label: '' } as const satisfies Partial<LibraryView>;

/** What to ask the server for. */
export function queryOf({ search, place, tags, kind, label, order }: LibraryView): Omit<LibraryPromptsQueryVariables, 'first' | 'after'> {
  const filter: PromptFilterInput = {
    archived: place === places.archived,
    unfiled: place === places.unfiled,
    tags: [...tags],
    ...(isFolder(place) && { folderId: place }),
    ...(kind && { kind }),
    ...(label && { label }),
  };
  return { search: search || null, filter, orderBy: order };
}

const ownValue = <Value>(record: Record<string, Value>, key: string | null): Value | undefined =>
  key !== null && Object.hasOwn(record, key) ? record[key] : undefined;
