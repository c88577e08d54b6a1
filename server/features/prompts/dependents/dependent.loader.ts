import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type DependentRecord } from './dependent.store.js';
import { type DependentsService } from './dependents.service.js';

/** What includes a prompt: asked for many prompts, read together. */
export class DependentLoader {
  private readonly readDependents: ReadMany<DependentRecord[]>;

  constructor(dependents: DependentsService) {
    this.readDependents = (workspaceId, promptIds) => dependents.byPrompt(workspaceId, promptIds);
  }

  of(context: RequestContext, promptId: string): Promise<DependentRecord[]> {
    return context.loaders.load(this.readDependents, identityOf(context), promptId, () => []);
  }
}
