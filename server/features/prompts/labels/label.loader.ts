import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type PromptLoader } from '../prompt.loader.js';
import { type PromptVersionRecord } from '../prompt.service.js';
import { type LabelsService } from './label.service.js';
import { type LabelRecord } from './label.store.js';

/** Labels of prompts and versions: whatever a request asks for together is read in one query. */
export class LabelLoader {
  private readonly readByPrompt: ReadMany<LabelRecord[]>;
  private readonly readByVersion: ReadMany<LabelRecord[]>;
  private readonly readProtected: ReadMany<boolean>;
  private readonly readStepsBack: ReadMany<ReadonlyMap<string, string>>;

  constructor(
    labels: LabelsService,
    private readonly prompts: PromptLoader,
  ) {
    this.readByPrompt = (workspaceId, ids) => labels.byPrompt(workspaceId, ids);
    this.readByVersion = (workspaceId, ids) => labels.byVersion(workspaceId, ids);
    this.readProtected = async (workspaceId, names) => new Map([...(await labels.protectedOf(workspaceId, names))].map((name) => [name, true]));
    this.readStepsBack = (workspaceId, ids) => labels.stepsBack(workspaceId, ids);
  }

  ofPrompt(context: RequestContext, promptId: string): Promise<LabelRecord[]> {
    return context.loaders.load(this.readByPrompt, identityOf(context), promptId, () => []);
  }

  ofVersion(context: RequestContext, versionId: string): Promise<LabelRecord[]> {
    return context.loaders.load(this.readByVersion, identityOf(context), versionId, () => []);
  }

  isProtected(context: RequestContext, name: string): Promise<boolean> {
    return context.loaders.load(this.readProtected, identityOf(context), name, () => false);
  }

  /** Where rolling a label back would take it; null where there is nothing to go back to. */
  async stepBack(context: RequestContext, { promptId, name }: LabelRecord): Promise<PromptVersionRecord | null> {
    const steps = await context.loaders.load(this.readStepsBack, identityOf(context), promptId, () => new Map<string, string>());
    return this.prompts.formerVersion(context, steps.get(name));
  }
}
