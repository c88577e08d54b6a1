import DataLoader from 'dataloader';
import { identityOf, type RequestContext } from '../../graphql/context.js';
import { NotFoundError } from '../../errors.js';
import { type PromptRecord, type PromptsService, type PromptVersionRecord } from './prompt.service.js';

type Read<Found> = (workspaceId: string, ids: readonly string[]) => Promise<Map<string, Found>>;

/** Prompts and their versions by id, for fields that refer to them: each kind read in one query a request. */
export class PromptLoader {
  constructor(private readonly prompts: PromptsService) {}

  prompt(context: RequestContext, id: string): Promise<PromptRecord> {
    return this.load(context, 'prompt', id, (workspaceId, ids) => this.prompts.byIds(workspaceId, ids));
  }

  version(context: RequestContext, id: string): Promise<PromptVersionRecord> {
    return this.load(context, 'prompt version', id, (workspaceId, ids) => this.prompts.versionsByIds(workspaceId, ids));
  }

  /** The newest version on the prompt's `main`. */
  head(context: RequestContext, promptId: string): Promise<PromptVersionRecord> {
    return this.load(context, 'prompt head', promptId, (workspaceId, ids) => this.prompts.heads(workspaceId, ids));
  }

  private load<Found>(context: RequestContext, what: string, id: string, read: Read<Found>): Promise<Found> {
    const { workspaceId } = identityOf(context);
    const make = () =>
      new DataLoader<string, Found>(async (ids) => {
        const found = await read(workspaceId, ids);
        return ids.map((key) => found.get(key) ?? new NotFoundError(what));
      });
    return context.loaders.of(make, `${what} loader`).load(id);
  }
}
