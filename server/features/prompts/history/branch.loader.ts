import { NotFoundError } from '../../../errors.js';
import { identityOf, type ReadMany, type RequestContext } from '../../../graphql/context.js';
import { type BranchDistance, type BranchesService } from './branch.service.js';
import { type BranchRecord } from './branch.store.js';

/** Branches of prompts and versions: whatever a request asks for together is read in one query. */
export class BranchLoader {
  private readonly readByPrompt: ReadMany<BranchRecord[]>;
  private readonly readByHead: ReadMany<BranchRecord[]>;
  private readonly readNamed: ReadMany<BranchRecord>;
  private readonly readDistances: ReadMany<Map<string, BranchDistance>>;

  constructor(branches: BranchesService) {
    this.readByPrompt = (workspaceId, ids) => branches.byPrompt(workspaceId, ids);
    this.readByHead = (workspaceId, ids) => branches.byHead(workspaceId, ids);
    this.readDistances = (workspaceId, ids) => branches.distances(workspaceId, ids);
    this.readNamed = async (workspaceId, keys) => {
      const places = keys.map(placeOf);
      const found = await branches.named(workspaceId, [...new Set(places.map(({ promptId }) => promptId))], [...new Set(places.map(({ name }) => name))]);
      return new Map(found.map((branch) => [keyOf(branch), branch]));
    };
  }

  /** `main`, then the newest first. */
  async ofPrompt(context: RequestContext, promptId: string, withArchived: boolean): Promise<BranchRecord[]> {
    const branches = await context.loaders.load(this.readByPrompt, identityOf(context), promptId, () => []);
    return branches.filter(({ archivedAt }) => withArchived || !archivedAt);
  }

  named(context: RequestContext, promptId: string, name: string): Promise<BranchRecord> {
    return context.loaders.load(this.readNamed, identityOf(context), keyOf({ promptId, name }), () => new NotFoundError('branch'));
  }

  /** Those whose newest version it is. */
  ofHead(context: RequestContext, versionId: string): Promise<BranchRecord[]> {
    return context.loaders.load(this.readByHead, identityOf(context), versionId, () => []);
  }

  async distance(context: RequestContext, { id, promptId }: Pick<BranchRecord, 'id' | 'promptId'>): Promise<BranchDistance> {
    const distances = await context.loaders.load(this.readDistances, identityOf(context), promptId, () => new Map<string, BranchDistance>());
    return distances.get(id) ?? { ahead: 0, behind: 0 };
  }
}

interface Place {
  promptId: string;
  name: string;
}

/** An id has no slash. */
const keyOf = ({ promptId, name }: Place): string => `${promptId}/${name}`;

function placeOf(key: string): Place {
  const slash = key.indexOf('/');
  return { promptId: key.slice(0, slash), name: key.slice(slash + 1) };
}
