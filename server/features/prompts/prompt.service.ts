import { type Connection } from '../../../schema/connection.js';
import { type CreatePromptInput } from '../../../schema/prompts.js';
import { InvalidInputError, NotFoundError } from '../../errors.js';
import { isId, line, optionalText } from '../../input.js';
import { InputProblems } from '../../input-problems.js';
import { type PageRequest, toConnection } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { type ContentReader } from './content/content-reader.js';
import { type PromptReference } from './content/reference.js';
import { isPath, pathRule, pathWithin } from './path.js';
import { type PromptRecord, type PromptStore, type PromptVersionRecord } from './prompt.store.js';
import { tagList } from './library/tag.js';

export { type PromptRecord, type PromptVersionRecord };

export const longestName = 100;
export const longestDescription = 2_000;
const longestMessage = 500;

export class PromptsService {
  constructor(
    private readonly store: PromptStore,
    private readonly contents: ContentReader,
  ) {}

  /**
   * Makes a prompt with version 1.0.0 on `main`.
   * @throws InvalidInputError naming every field that is wrong; a path that is taken, too
   */
  async create({ workspaceId, userId }: Identity, input: CreatePromptInput): Promise<PromptRecord> {
    const problems = new InputProblems();
    const name = problems.read(line(longestName), input.name, 'input.name') ?? '';
    const description = problems.read(optionalText(longestDescription), input.description, 'input.description') ?? '';
    const message = problems.read(line(longestMessage), input.message, 'input.message') ?? '';
    const tags = problems.read(tagList, input.tags ?? [], 'input.tags') ?? [];
    const folder = await this.readFolder(workspaceId, input.folderId, problems);
    const path = input.path?.trim() || pathWithin(folder?.names ?? [], name);
    if (!isPath(path)) problems.add('input.path', pathRule);
    const content = await this.contents.read(workspaceId, { kind: input.kind }, input, problems);
    problems.throwIfAny();
    const prompt = await this.store.create(workspaceId, { path, name, description, folderId: folder?.id, tags }, { content, message, authorId: userId });
    if (prompt) return prompt;
    throw new InvalidInputError([
      input.path?.trim()
        ? { field: 'input.path', message: `There is a prompt at ${path} already. Choose another path.` }
        : { field: 'input.name', message: `There is a prompt at ${path} already. Choose another name, or give a path.` },
    ]);
  }

  /** @throws NotFoundError */
  async get(workspaceId: string, id: string): Promise<PromptRecord> {
    const prompt = (await this.byIds(workspaceId, [id])).get(id);
    if (!prompt) throw new NotFoundError('prompt');
    return prompt;
  }

  /** @throws NotFoundError */
  async version(workspaceId: string, id: string): Promise<PromptVersionRecord> {
    const version = (await this.versionsByIds(workspaceId, [id])).get(id);
    if (!version) throw new NotFoundError('prompt version');
    return version;
  }

  /** The newest version on `main` of each of the prompts that exist, by the prompt's id. */
  async heads(workspaceId: string, promptIds: readonly string[]): Promise<Map<string, PromptVersionRecord>> {
    const heads = await this.store.findHeads(workspaceId, promptIds.filter(isId));
    return new Map(heads.map((head) => [head.promptId, head]));
  }

  /** Those that exist, by id. */
  async byIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, PromptRecord>> {
    const prompts = await this.store.findMany(workspaceId, ids.filter(isId));
    return new Map(prompts.map((prompt) => [prompt.id, prompt]));
  }

  /** Those that exist, by id. */
  async versionsByIds(workspaceId: string, ids: readonly string[]): Promise<Map<string, PromptVersionRecord>> {
    const versions = await this.store.findVersions(workspaceId, ids.filter(isId));
    return new Map(versions.map((version) => [version.id, version]));
  }

  /** What each version was made from, by the version's id; of a merge, the branch that was merged into first. */
  async parentIds(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, string[]>> {
    const rows = await this.store.findParents(workspaceId, versionIds);
    return new Map(versionIds.map((id) => [id, rows.filter(({ versionId }) => versionId === id).map(({ parentId }) => parentId)]));
  }

  /** What each version includes, by the version's id. */
  async referencesOf(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, PromptReference[]>> {
    const rows = await this.store.findReferences(workspaceId, versionIds);
    return new Map(versionIds.map((id) => [id, rows.filter(({ versionId }) => versionId === id).map(({ reference }) => reference)]));
  }

  /** By the branch's id. */
  async branchNames(workspaceId: string, branchIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.store.findBranchNames(workspaceId, branchIds);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  /** Newest first. */
  async versions(workspaceId: string, promptId: string, page: PageRequest): Promise<Connection<PromptVersionRecord>> {
    const versions = await this.store.listVersions(workspaceId, promptId, page);
    return toConnection(versions, page, (version) => version);
  }

  private async readFolder(workspaceId: string, id: string | null | undefined, problems: InputProblems): Promise<{ id: string; names: string[] } | undefined> {
    if (!id) return undefined;
    const names = isId(id) ? await this.store.folderNames(workspaceId, id) : undefined;
    if (names) return { id, names };
    problems.add('input.folderId', 'This workspace has no such folder. Choose another one.');
    return undefined;
  }
}
