import { type PromptFilterInput } from '../../../../schema/prompt-library.js';
import { InvalidInputError } from '../../../errors.js';
import { exactText, isId, optionalText, parseInput } from '../../../input.js';
import { type PageRequest, rowsToRead } from '../../../pagination.js';
import { cursorOf, type ListedPrompt, placeOfCursor, type PromptFilter, type PromptOrder } from './prompt-list.js';
import { type PromptListStore } from './prompt-list.store.js';
import { tagList } from './tag.js';
import { searchedWords } from './words.js';

const longestSearch = 200;
const longestLabel = 50;

export interface PromptListRequest extends PageRequest {
  /** Each word must begin a word of the name, the tags, the path, the description or the text. What fits best comes first. */
  search?: string | null | undefined;
  filter?: PromptFilterInput | null | undefined;
  /** With a search it breaks ties. */
  orderBy?: PromptOrder | undefined;
}

export interface PromptPage {
  edges: { cursor: string; node: ListedPrompt; searchedWords: readonly string[] }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

export class PromptListService {
  constructor(private readonly store: PromptListStore) {}

  /**
   * One page of the prompts that pass the filter. A search without any letter or digit finds nothing.
   * @throws InvalidInputError for a filter that contradicts itself, and for a cursor of another order
   */
  async list(workspaceId: string, { first, after, search, filter, orderBy = 'UPDATED' }: PromptListRequest): Promise<PromptPage> {
    const take = rowsToRead(first);
    const text = parseInput(optionalText(longestSearch), search ?? '', 'search');
    const words = text ? searchedWords(text) : undefined;
    const place = after ? placeOfCursor(after, orderBy, words !== undefined) : undefined;
    const narrowed = readFilter(filter ?? {});
    const nothing = words?.length === 0 || (narrowed.folderId !== undefined && !isId(narrowed.folderId));
    const found = nothing ? [] : await this.store.list(workspaceId, { filter: narrowed, words, orderBy, after: place, take });
    const edges = found.slice(0, first).map((row) => ({ cursor: cursorOf(orderBy, words !== undefined, row.place), node: row.prompt, searchedWords: words ?? [] }));
    return { edges, pageInfo: { hasNextPage: found.length > first, endCursor: edges.at(-1)?.cursor ?? null } };
  }
}

function readFilter({ folderId, unfiled = false, tags = [], kind, label, archived = false }: PromptFilterInput): PromptFilter {
  if (folderId && unfiled) {
    throw new InvalidInputError([{ field: 'filter.unfiled', message: 'Ask for a folder or for what is in none, not for both.' }]);
  }
  return {
    folderId: folderId ?? undefined,
    unfiled,
    tags: parseInput(tagList, tags, 'filter.tags'),
    kind: kind ?? undefined,
    label: label ? parseInput(exactText().max(longestLabel, 'No label is that long.'), label, 'filter.label') : undefined,
    archived,
  };
}
