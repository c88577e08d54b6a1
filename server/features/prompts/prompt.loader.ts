import { NotFoundError } from '../../errors.js';
import { identityOf, type ReadMany, type RequestContext } from '../../graphql/context.js';
import { type PromptRecord, type PromptsService, type PromptVersionRecord } from './prompt.service.js';

/** Prompts and their versions by id, for fields that refer to them: each kind read in one query a request. */
export class PromptLoader {
  private readonly readPrompts: ReadMany<PromptRecord>;
  private readonly readVersions: ReadMany<PromptVersionRecord>;
  private readonly readHeads: ReadMany<PromptVersionRecord>;

  constructor(prompts: PromptsService) {
    this.readPrompts = (workspaceId, ids) => prompts.byIds(workspaceId, ids);
    this.readVersions = (workspaceId, ids) => prompts.versionsByIds(workspaceId, ids);
    this.readHeads = (workspaceId, ids) => prompts.heads(workspaceId, ids);
  }

  prompt(context: RequestContext, id: string): Promise<PromptRecord> {
    return context.loaders.load(this.readPrompts, identityOf(context), id, () => new NotFoundError('prompt'));
  }

  version(context: RequestContext, id: string): Promise<PromptVersionRecord> {
    return context.loaders.load(this.readVersions, identityOf(context), id, () => new NotFoundError('prompt version'));
  }

  /** The newest version on the prompt's `main`. */
  head(context: RequestContext, promptId: string): Promise<PromptVersionRecord> {
    return context.loaders.load(this.readHeads, identityOf(context), promptId, () => new NotFoundError('prompt'));
  }
}
