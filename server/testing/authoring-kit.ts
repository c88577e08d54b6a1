import { InProcessBus } from '../events/in-process-bus.js';
import { AuthStore } from '../features/auth/auth.store.js';
import { PersonLoader } from '../features/auth/person.loader.js';
import { DependentsService } from '../features/prompts/dependents/dependents.service.js';
import { DependentStore } from '../features/prompts/dependents/dependent.store.js';
import { DraftsService } from '../features/prompts/drafts/draft.service.js';
import { DraftStore } from '../features/prompts/drafts/draft.store.js';
import { LabelFeed } from '../features/prompts/labels/label.feed.js';
import { LabelsService } from '../features/prompts/labels/label.service.js';
import { LabelStore } from '../features/prompts/labels/label.store.js';
import { ContentReader } from '../features/prompts/content/content-reader.js';
import { PromptRenderer } from '../features/prompts/content/prompt-renderer.js';
import { PromptSources } from '../features/prompts/content/prompt-source.js';
import { ReferenceResolver } from '../features/prompts/content/reference-resolver.js';
import { ValueChecker } from '../features/prompts/content/value-checker.js';
import { VersionFinder } from '../features/prompts/content/version-finder.js';
import { VersionFinderStore } from '../features/prompts/content/version-finder.store.js';
import { FoldersService } from '../features/prompts/library/folder.service.js';
import { FolderStore } from '../features/prompts/library/folder.store.js';
import { LibraryLoader } from '../features/prompts/library/library.loader.js';
import { LibraryService } from '../features/prompts/library/library.service.js';
import { LibraryStore } from '../features/prompts/library/library.store.js';
import { PromptListService } from '../features/prompts/library/prompt-list.service.js';
import { PromptListStore } from '../features/prompts/library/prompt-list.store.js';
import { BranchLoader } from '../features/prompts/history/branch.loader.js';
import { BranchesService } from '../features/prompts/history/branch.service.js';
import { BranchStore } from '../features/prompts/history/branch.store.js';
import { PromptCommits } from '../features/prompts/history/commit.service.js';
import { CommitStore } from '../features/prompts/history/commit.store.js';
import { PromptComparisons } from '../features/prompts/history/compare.service.js';
import { PromptMerges } from '../features/prompts/history/merge.service.js';
import { PromptLoader } from '../features/prompts/prompt.loader.js';
import { PromptsService } from '../features/prompts/prompt.service.js';
import { PromptStore } from '../features/prompts/prompt.store.js';
import { TransferService } from '../features/prompts/transfer/transfer.service.js';
import { TransferStore } from '../features/prompts/transfer/transfer.store.js';
import { InputSchemas } from '../features/workflows/input-schemas.js';
import { PromptBreaks } from '../features/workflows/prompt-use.breaks.js';
import { PromptUseService } from '../features/workflows/prompt-use.service.js';
import { PromptUseStore } from '../features/workflows/prompt-use.store.js';
import { SecretsService } from '../features/secrets/secret.service.js';
import { SecretStore } from '../features/secrets/secret.store.js';
import { StepPrompts } from '../features/workflows/step-prompts.js';
import { WorkflowLoader } from '../features/workflows/workflow.loader.js';
import { WorkflowsService } from '../features/workflows/workflow.service.js';
import { WorkflowStore } from '../features/workflows/workflow.store.js';
import { Vault } from '../vault/vault.js';
import { testEncryptionKey } from './auth-services.js';
import { lazySandbox } from './lazy-sandbox.js';
import { countQueries } from './query-count.js';
import { createTestDatabase } from './test-database.js';

/** Everything that prompts and workflows are written with, on a real database. The models that there are begin with `simulated/`. */
export async function startAuthoringKit(open: typeof createTestDatabase = createTestDatabase) {
  let statements = 0;
  const created = await open(() => statements++);
  const { database, count } = countQueries(created.database);
  const catalogue = { hasModel: (id: string) => id.startsWith('simulated/'), defaultModel: 'simulated/extract' };
  const models = { of: () => Promise.resolve(catalogue), defaultModel: catalogue.defaultModel };
  const sandbox = lazySandbox();
  const authStore = new AuthStore(database);
  const namesOf = async (workspaceId: string, ids: readonly string[]) => {
    const members = await authStore.findMembers(workspaceId, ids);
    return new Map(members.map(({ id, name }) => [id, name]));
  };
  const versionFinder = new VersionFinder(new VersionFinderStore(database));
  const references = new ReferenceResolver(versionFinder);
  const contents = new ContentReader(models, references, sandbox);
  const renderer = new PromptRenderer(references, sandbox);
  const prompts = new PromptsService(new PromptStore(database), contents);
  const bus = new InProcessBus();
  const labelStore = new LabelStore(database);
  const labels = new LabelsService(labelStore, new LabelFeed(labelStore, bus), prompts, bus);
  const branches = new BranchesService(new BranchStore(database), prompts);
  const commitStore = new CommitStore(database);
  const commits = new PromptCommits(commitStore, branches, prompts, contents, labels, namesOf);
  const stepPrompts = new StepPrompts(prompts, versionFinder, references, contents);
  const secrets = new SecretsService(new SecretStore(database), new Vault(testEncryptionKey, 'secret'));
  const workflows = new WorkflowsService(new WorkflowStore(database), stepPrompts, models, secrets, new InputSchemas(sandbox));
  const dependents = new DependentsService(new DependentStore(database), prompts);
  const promptUses = new PromptUseService(new PromptUseStore(database));
  const promptLoader = new PromptLoader(prompts);
  const library = new LibraryService(new LibraryStore(database), prompts, labels, dependents, promptUses);
  const folders = new FoldersService(new FolderStore(database));
  return {
    /** Queries made through it are not counted. */
    database: created.database,
    queryCount: count,
    /** How many SQL statements have been run, those of a transaction's begin and end too, whoever made them. */
    statementCount: () => statements,
    prompts,
    sandbox,
    versionFinder,
    references,
    contents,
    renderer,
    sources: new PromptSources(prompts, versionFinder, contents),
    labels,
    commits,
    branches,
    branchLoader: new BranchLoader(branches),
    merges: new PromptMerges(commits, commitStore, branches, prompts, contents),
    comparisons: new PromptComparisons(commits, commitStore, prompts, contents),
    dependents,
    drafts: new DraftsService(new DraftStore(database), prompts, models),
    transfer: new TransferService(new TransferStore(database), models, sandbox, namesOf),
    bus,
    promptLoader,
    promptLists: new PromptListService(new PromptListStore(database)),
    library,
    folders,
    libraryLoader: new LibraryLoader(library, folders, promptLoader),
    workflows,
    promptUses,
    promptBreaks: new PromptBreaks(promptUses, prompts, dependents, stepPrompts, references, new ValueChecker(sandbox)),
    workflowLoader: new WorkflowLoader(workflows),
    people: new PersonLoader(authStore),
    stop: async () => {
      await sandbox.close();
      await created.drop();
    },
  };
}

export type AuthoringKit = Awaited<ReturnType<typeof startAuthoringKit>>;
