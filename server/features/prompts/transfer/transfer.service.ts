import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { isId } from '../../../input.js';
import { InputProblems } from '../../../input-problems.js';
import { type Identity } from '../../auth/identity.js';
import { type Sandbox } from '../../../sandbox/sandbox.js';
import { ContentReader } from '../content/content-reader.js';
import { type ModelCatalogues } from '../content/model-catalogue.js';
import { type ReferenceResolver } from '../content/reference-resolver.js';
import { ImportFolders } from './import-folders.js';
import { type ExportDocument, exportDocument, type ExportedPrompt, formatName } from './format.js';
import { historyOfForeign } from './foreign-history.js';
import { HistoryReader } from './history-reader.js';
import { writeDocument } from './history-writer.js';
import { type ImportProblem } from './imported-prompt.js';
import { readLangfuse } from './langfuse.js';
import { readOpenAi } from './openai.js';
import { stubHint } from './foreign-stub.js';
import { type TransferStore } from './transfer.store.js';

const mostAtOnce = 100;

export interface ImportInput {
  document: unknown;
  folderId?: string | null | undefined;
}

export interface ImportResult {
  importedIds: string[];
  problems: ImportProblem[];
}

/** What is imported is kept as it was: neither the models of old versions nor the prompts that they included need be here. */
const noReferences: Pick<ReferenceResolver, 'tryResolve'> = { tryResolve: () => Promise.resolve({ pins: new Map(), problems: [] }) };

/** Takes prompts out of a workspace and into it, with their whole history. */
export class TransferService {
  private readonly contents: ContentReader;
  private readonly histories: HistoryReader;

  /** @param namesOf members of a workspace by their ids */
  constructor(
    private readonly store: TransferStore,
    private readonly models: ModelCatalogues,
    sandbox: Pick<Sandbox, 'checkSchemas'>,
    private readonly namesOf: (workspaceId: string, ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
    private readonly now: () => Date = () => new Date(),
  ) {
    const { defaultModel } = models;
    this.contents = new ContentReader({ of: () => Promise.resolve({ hasModel: () => true, defaultModel }), defaultModel }, noReferences, sandbox);
    this.histories = new HistoryReader(this.contents);
  }

  /**
   * The document that docs/prompt-format.md describes, prompts in the order of their paths.
   * @param withIncluded takes along what they include, and what that includes in turn
   * @throws NotFoundError where one of the prompts is not in this workspace
   */
  async export(workspaceId: string, ids: readonly string[], withIncluded = false): Promise<ExportDocument> {
    const named = [...new Set(ids)];
    const wanted = withIncluded && named.every(isId) ? await this.withIncluded(workspaceId, named) : named;
    if (wanted.length > mostAtOnce) {
      const counted = wanted.length > named.length ? ` With what they include, these are ${wanted.length}.` : '';
      throw new InvalidInputError([{ field: 'ids', message: `Export at most ${mostAtOnce} prompts at a time.${counted}` }]);
    }
    const histories = wanted.every(isId) ? await this.store.read(workspaceId, wanted) : [];
    if (histories.length < wanted.length) throw new NotFoundError('prompt');
    const people = histories.flatMap(({ versions, moves }) => [...versions.map(({ authorId }) => authorId), ...moves.map(({ movedById }) => movedById)]);
    return writeDocument(histories, await this.store.folders(workspaceId), await this.namesOf(workspaceId, [...new Set(people)]));
  }

  /**
   * Takes in what it can of a document, each prompt whole or not at all. What is imported and includes a prompt that is not here is a problem, too.
   * @throws InvalidInputError where it is none that is known
   * @throws NotFoundError where there is no such folder
   */
  async import({ workspaceId, userId }: Identity, { document, folderId }: ImportInput): Promise<ImportResult> {
    const folders = new ImportFolders(this.store, workspaceId, folderId ?? null);
    await folders.load();
    const { prompts, problems, colours } = await this.readDocument(workspaceId, document);
    const importedIds: string[] = [];
    for (const prompt of prompts) {
      const found = new InputProblems();
      const folder = await folders.find(prompt.folder ?? [], colours, found);
      const history = await this.histories.read(workspaceId, prompt, { userId, folderId: folder }, found);
      if (history && (await this.store.write(workspaceId, history))) importedIds.push(history.prompt.id);
      else if (history) problems.push({ prompt: prompt.path, message: `There is a prompt at ${prompt.path} already.` });
      else problems.push({ prompt: prompt.path, message: found.messages.join(' ') });
    }
    return { importedIds, problems: [...problems, ...(await this.missing(workspaceId, importedIds))] };
  }

  private async withIncluded(workspaceId: string, named: readonly string[]): Promise<string[]> {
    const wanted = new Set(named);
    for (let level = named; level.length > 0 && wanted.size <= mostAtOnce; ) {
      const included = await this.store.inclusions(workspaceId, level);
      const found = await this.store.idsByPath(workspaceId, included.map(({ includes }) => includes));
      level = [...found.values()].filter((id) => !wanted.has(id));
      for (const id of level) wanted.add(id);
    }
    return [...wanted];
  }

  private async missing(workspaceId: string, importedIds: readonly string[]): Promise<ImportProblem[]> {
    const included = importedIds.length > 0 ? await this.store.inclusions(workspaceId, importedIds) : [];
    const there = await this.store.idsByPath(workspaceId, included.map(({ includes }) => includes));
    const missing = included.filter(({ includes }) => !there.has(includes));
    return missing.map(({ path, includes }) => ({
      prompt: path,
      message: `It is imported, and includes ${includes}, which is not in this workspace: it can’t be used before that is imported, too.`,
      missingPath: includes,
    }));
  }

  private async readDocument(workspaceId: string, document: unknown): Promise<{ prompts: ExportedPrompt[]; problems: ImportProblem[]; colours: ExportDocument['folders'] }> {
    if (isOurs(document)) return { ...readOurs(document), problems: [] };
    const hint = stubHint(document);
    if (hint) throw new InvalidInputError([{ field: 'input.document', message: hint }]);
    const foreign = readLangfuse(document) ?? readOpenAi(document);
    if (!foreign) throw notKnown();
    if (foreign.prompts.length > mostAtOnce) throw new InvalidInputError([{ field: 'input.document', message: `Import at most ${mostAtOnce} prompts at a time.` }]);
    const around = { contents: this.contents, models: await this.models.of(workspaceId), workspaceId, now: this.now() };
    const problems = [...foreign.problems];
    const prompts: ExportedPrompt[] = [];
    for (const prompt of foreign.prompts) {
      const history = await historyOfForeign(prompt, around, (message) => problems.push({ prompt: prompt.name, message }));
      if (history) prompts.push(history);
    }
    return { prompts, problems, colours: [] };
  }
}

function isOurs(document: unknown): boolean {
  return typeof document === 'object' && document !== null && 'format' in document && document.format === formatName;
}

function readOurs(document: unknown): { prompts: ExportedPrompt[]; colours: ExportDocument['folders'] } {
  const parsed = exportDocument.safeParse(document);
  if (!parsed.success) {
    const issues = parsed.error.issues.slice(0, 20);
    throw new InvalidInputError(issues.map(({ path, message }) => ({ field: ['input.document', ...path].join('.'), message })));
  }
  const { prompts, folders } = parsed.data;
  if (prompts.length > mostAtOnce) throw new InvalidInputError([{ field: 'input.document.prompts', message: `Import at most ${mostAtOnce} prompts at a time.` }]);
  return { prompts, colours: folders };
}

function notKnown(): InvalidInputError {
  const message = 'This is neither an export of this product nor of Langfuse, and no prompt object of OpenAI’s. Give the JSON document as it was exported.';
  return new InvalidInputError([{ field: 'input.document', message }]);
}
