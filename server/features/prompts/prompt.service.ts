import { type Connection } from '../../../schema/connection.js';
import { type CommitPromptVersionInput, type CreatePromptInput } from '../../../schema/prompts.js';
import { contentHash } from '../../content-hash.js';
import { ConflictError, InvalidInputError, NotFoundError } from '../../errors.js';
import { exactText, isId, line, optionalText, parseInput } from '../../input.js';
import { InputProblems } from '../../input-problems.js';
import { type PageRequest, toConnection } from '../../pagination.js';
import { type Identity } from '../auth/identity.js';
import { readContent } from './content/content-reader.js';
import { type ModelCatalogue } from './content/model-catalogue.js';
import { isPath, pathOfName, pathRule } from './path.js';
import { type PromptRecord, type PromptStore, type PromptVersionRecord } from './prompt.store.js';
import { nextVersion, parseVersion } from './history/semver.js';
import { TemplateAnalyzer } from './content/template.js';

export { type PromptRecord, type PromptVersionRecord };

const longestName = 100;
const longestDescription = 2_000;
const longestMessage = 500;

export interface PromptListRequest extends PageRequest {
  /** Part of the name, the path or the description, in upper or lower case. */
  search?: string | null | undefined;
}

export class PromptsService {
  private readonly templates = new TemplateAnalyzer();

  constructor(
    private readonly store: PromptStore,
    private readonly models: ModelCatalogue,
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
    const path = input.path?.trim() || pathOfName(name);
    if (!isPath(path)) problems.add('input.path', pathRule);
    const defaults = { kind: input.kind, settings: { model: this.models.defaultModel } };
    const content = readContent(defaults, input, { models: this.models, templates: this.templates, problems });
    problems.throwIfAny();
    const prompt = await this.store.create(workspaceId, { path, name, description }, { content, message, authorId: userId });
    if (prompt) return prompt;
    throw new InvalidInputError([
      input.path?.trim()
        ? { field: 'input.path', message: `There is a prompt at ${path} already. Choose another path.` }
        : { field: 'input.name', message: `There is a prompt at ${path} already. Choose another name, or give a path.` },
    ]);
  }

  /**
   * Makes the next version on a branch. Settings that are absent stay as they are.
   * @throws ConflictError when the branch's head is not the expected one, or moves meanwhile
   * @throws InvalidInputError naming every field that is wrong; when nothing changes, too
   */
  async commit({ workspaceId, userId }: Identity, input: CommitPromptVersionInput): Promise<PromptVersionRecord> {
    if (!isId(input.promptId)) throw new NotFoundError('prompt');
    const [prompt] = await this.store.findMany(workspaceId, [input.promptId]);
    if (!prompt) throw new NotFoundError('prompt');
    const branchName = parseInput(exactText(), input.branch, 'input.branch');
    const branch = await this.store.findBranch(workspaceId, prompt.id, branchName);
    if (!branch) throw new NotFoundError('branch');
    const { head } = branch;
    if (input.expectedHeadId && input.expectedHeadId !== head.id) throw conflict(head.version);

    const problems = new InputProblems();
    const message = problems.read(line(longestMessage), input.message, 'input.message') ?? '';
    const content = readContent(head, input, { models: this.models, templates: this.templates, problems });
    problems.throwIfAny();
    if (contentHash(content) === head.contentHash) {
      throw new InvalidInputError([{ field: 'input.messages', message: `Nothing differs from version ${head.version}, so there is nothing to commit.` }]);
    }
    const number = nextVersion(parseVersion(head.version), head, content);
    const version = await this.store.commit(workspaceId, branch, number, { content, message, authorId: userId });
    if (!version) throw conflict();
    return version;
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

  /** Newest first. */
  async list(workspaceId: string, { search, ...page }: PromptListRequest): Promise<Connection<PromptRecord>> {
    const text = parseInput(optionalText(200), search ?? '', 'search');
    const prompts = await this.store.list(workspaceId, page, text || undefined);
    return toConnection(prompts, page, (prompt) => prompt);
  }

  /** Newest first. */
  async versions(workspaceId: string, promptId: string, page: PageRequest): Promise<Connection<PromptVersionRecord>> {
    const versions = await this.store.listVersions(workspaceId, promptId, page);
    return toConnection(versions, page, (version) => version);
  }
}

function conflict(headVersion?: string): ConflictError {
  const what = headVersion ? `Version ${headVersion} has been committed` : 'Another version was committed';
  return new ConflictError(`${what} since you began to edit. Look at what changed, then commit again.`);
}
