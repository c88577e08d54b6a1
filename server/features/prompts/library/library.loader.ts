import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type FolderRecord } from './folder.js';
import { type FoldersService } from './folder.service.js';
import { type LibraryService } from './library.service.js';
import { findHits, type SearchHit } from './search-hits.js';

/** Folders and tags of prompts: whatever a request asks for together is read in one query each. */
export class LibraryLoader {
  private readonly readTags: ReadMany<string[]>;
  private readonly readFolders: ReadMany<FolderRecord>;
  private readonly readCounts: ReadMany<number>;

  constructor(
    library: LibraryService,
    folders: FoldersService,
    private readonly prompts: PromptLoader,
  ) {
    this.readTags = (workspaceId, ids) => library.tagsOf(workspaceId, ids);
    this.readFolders = (workspaceId, ids) => folders.byIds(workspaceId, ids);
    this.readCounts = (workspaceId, ids) => folders.promptCounts(workspaceId, ids);
  }

  /** In the order of the alphabet. */
  tags(context: RequestContext, promptId: string): Promise<string[]> {
    return context.loaders.load(this.readTags, identityOf(context), promptId, () => []);
  }

  async folder(context: RequestContext, folderId: string | undefined): Promise<FolderRecord | null> {
    return folderId === undefined ? null : context.loaders.load<FolderRecord | null>(this.readFolders, identityOf(context), folderId, () => null);
  }

  /** How many prompts that are not archived are directly in the folder. */
  promptCount(context: RequestContext, folderId: string): Promise<number> {
    return context.loaders.load(this.readCounts, identityOf(context), folderId, () => 0);
  }

  /** Where a prompt of a list has the words that were looked for. */
  async hits(context: RequestContext, prompt: { id: string; name: string; path: string; description: string; tags?: string[] | undefined }, words: readonly string[]): Promise<SearchHit[]> {
    if (words.length === 0) return [];
    const [head, tags] = await Promise.all([this.prompts.head(context, prompt.id), prompt.tags ?? this.tags(context, prompt.id)]);
    return findHits({ ...prompt, tags, texts: head.messages.map(({ content }) => content) }, words);
  }
}
