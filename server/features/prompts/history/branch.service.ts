import { type CreatePromptBranchInput, type RenamePromptBranchInput } from '../../../../schema/prompt-history.js';
import { type Connection } from '../../../../schema/connection.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { groupBy } from '../../../group-by.js';
import { isId, parseInput } from '../../../input.js';
import { type PageRequest, toConnection } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptsService, type PromptVersionRecord } from '../prompt.service.js';
import { branchName, mainBranch, newBranchName } from './branch-name.js';
import { type BranchRecord, type BranchStore } from './branch.store.js';
import { distanceOf, VersionGraph } from './graph.js';

/** Versions that a branch has and `main` has not, and the other way round. */
export interface BranchDistance {
  ahead: number;
  behind: number;
}

/** Movable names for lines of a prompt's versions. */
export class BranchesService {
  constructor(
    private readonly store: BranchStore,
    private readonly prompts: PromptsService,
  ) {}

  /**
   * Makes a branch that begins at a version, whichever branch that is on.
   * @throws InvalidInputError for a name that is none, or is taken
   */
  async create({ workspaceId }: Identity, { promptId, fromVersionId, name: given }: CreatePromptBranchInput): Promise<BranchRecord> {
    const prompt = await this.prompts.get(workspaceId, promptId);
    const version = await this.prompts.version(workspaceId, fromVersionId);
    if (version.promptId !== prompt.id) throw new NotFoundError('version of this prompt');
    const name = parseInput(newBranchName, given, 'input.name');
    const branch = await this.store.create(workspaceId, { promptId: prompt.id, name, headVersionId: version.id });
    return branch ?? this.refuseTaken(workspaceId, prompt.id, name);
  }

  /**
   * Drafts that were begun on the branch stay with it.
   * @throws InvalidInputError for `main`, a name that is none, or one that is taken
   */
  async rename({ workspaceId }: Identity, { id, name: given }: RenamePromptBranchInput): Promise<BranchRecord> {
    const { promptId } = await this.changeable(workspaceId, id, 'input.id', 'renamed');
    const name = parseInput(newBranchName, given, 'input.name');
    const branch = await this.store.rename(workspaceId, id, name);
    return branch ?? this.refuseTaken(workspaceId, promptId, name);
  }

  /** An archived branch takes no commits; it can still be read, merged and compared. */
  async archive({ workspaceId }: Identity, id: string): Promise<BranchRecord> {
    await this.changeable(workspaceId, id, 'id', 'archived');
    return found(await this.store.setArchived(workspaceId, id, new Date()));
  }

  async unarchive({ workspaceId }: Identity, id: string): Promise<BranchRecord> {
    await this.byId(workspaceId, id);
    return found(await this.store.setArchived(workspaceId, id, null));
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, promptId: string, name: string): Promise<BranchRecord> {
    if (!isId(promptId)) throw new NotFoundError('prompt');
    await this.prompts.get(workspaceId, promptId);
    const [branch] = await this.named(workspaceId, [promptId], [name]);
    return found(branch);
  }

  /** Those of the names that there are, of each prompt. */
  async named(workspaceId: string, promptIds: readonly string[], names: readonly string[]): Promise<BranchRecord[]> {
    return this.store.findNamed(workspaceId, promptIds, names.filter((name) => branchName.safeParse(name).success));
  }

  /** By the prompt's id: `main`, then the newest first, archived ones too. */
  async byPrompt(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, BranchRecord[]>> {
    const branches = await this.store.findOfPrompts(workspaceId, promptIds);
    const sorted = [...branches.filter(({ name }) => name === mainBranch), ...branches.filter(({ name }) => name !== mainBranch)];
    return groupBy(sorted, ({ promptId }) => promptId);
  }

  /** By the id of their newest version. */
  async byHead(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, BranchRecord[]>> {
    return groupBy(await this.store.findOfHeads(workspaceId, versionIds), ({ headVersionId }) => headVersionId);
  }

  /** By the prompt's id, then by the branch's. Two statements for any number of prompts. */
  async distances(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, Map<string, BranchDistance>>> {
    const graph = new VersionGraph(await this.store.findEdges(workspaceId, promptIds));
    const distances = new Map<string, Map<string, BranchDistance>>();
    for (const [promptId, branches] of await this.byPrompt(workspaceId, promptIds)) {
      const lines = branches.map(({ id, headVersionId }) => ({ id, line: graph.lineOf(headVersionId) }));
      // `main` is always first.
      const main = lines[0]?.line ?? new Set();
      distances.set(promptId, new Map(lines.map(({ id, line }) => [id, distanceOf(line, main)])));
    }
    return distances;
  }

  /** How a prompt's versions were made from one another. */
  async graph(workspaceId: string, promptId: string): Promise<VersionGraph> {
    return new VersionGraph(await this.store.findEdges(workspaceId, [promptId]));
  }

  /** The newest version of a branch and what that was made from, newest first. */
  async versions(workspaceId: string, promptId: string, name: string, page: PageRequest): Promise<Connection<PromptVersionRecord>> {
    const { headVersionId } = await this.get(workspaceId, promptId, name);
    const versions = await this.store.listLine(workspaceId, headVersionId, page);
    return toConnection(versions, page, (version) => version);
  }

  /** @throws NotFoundError */
  async byId(workspaceId: string, id: string): Promise<BranchRecord> {
    return found(isId(id) ? await this.store.find(workspaceId, id) : undefined);
  }

  private async changeable(workspaceId: string, id: string, field: string, change: string): Promise<BranchRecord> {
    const branch = await this.byId(workspaceId, id);
    if (branch.name === mainBranch) throw new InvalidInputError([{ field, message: `main can’t be ${change}: every prompt has it, and callers count on it.` }]);
    return branch;
  }

  private async refuseTaken(workspaceId: string, promptId: string, name: string): Promise<never> {
    const [taken] = await this.store.findNamed(workspaceId, [promptId], [name]);
    const way = taken?.archivedAt ? 'It is archived: unarchive it, or choose another name.' : 'Choose another name.';
    throw new InvalidInputError([{ field: 'input.name', message: `This prompt has a branch named ${name} already. ${way}` }]);
  }
}

function found(branch: BranchRecord | undefined): BranchRecord {
  if (!branch) throw new NotFoundError('branch');
  return branch;
}
