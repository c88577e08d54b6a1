import { ContentReader } from '../features/prompts/content/content-reader.js';
import { PromptRenderer } from '../features/prompts/content/prompt-renderer.js';
import { PromptSources } from '../features/prompts/content/prompt-source.js';
import { ReferenceResolver } from '../features/prompts/content/reference-resolver.js';
import { RenderingResolver } from '../features/prompts/content/rendering.resolver.js';
import { RenderingService } from '../features/prompts/content/rendering.service.js';
import { VersionFinder } from '../features/prompts/content/version-finder.js';
import { VersionFinderStore } from '../features/prompts/content/version-finder.store.js';
import { DependentBreaks } from '../features/prompts/dependents/dependent-breaks.js';
import { DependentLoader } from '../features/prompts/dependents/dependent.loader.js';
import {
  ChangedDependentsResolver,
  LabelMoveDependentsResolver,
  PromptDependentResolver,
  PromptDependentsResolver,
} from '../features/prompts/dependents/dependent.resolver.js';
import { DependentStore } from '../features/prompts/dependents/dependent.store.js';
import { DependentsService } from '../features/prompts/dependents/dependents.service.js';
import { DraftLoader } from '../features/prompts/drafts/draft.loader.js';
import { PromptDraftResolver, PromptDraftsResolver } from '../features/prompts/drafts/draft.resolver.js';
import { DraftsService } from '../features/prompts/drafts/draft.service.js';
import { DraftStore } from '../features/prompts/drafts/draft.store.js';
import { BranchLoader } from '../features/prompts/history/branch.loader.js';
import { PromptBranchResolver } from '../features/prompts/history/branch.resolver.js';
import { BranchesService } from '../features/prompts/history/branch.service.js';
import { BranchStore } from '../features/prompts/history/branch.store.js';
import { PromptCommits } from '../features/prompts/history/commit.service.js';
import { CommitStore } from '../features/prompts/history/commit.store.js';
import { PromptComparisons } from '../features/prompts/history/compare.service.js';
import { PromptCommitPreviewResolver, PromptCommitResolver, PromptHistoryResolver, PromptMergePreviewResolver } from '../features/prompts/history/history.resolver.js';
import { PromptMerges } from '../features/prompts/history/merge.service.js';
import { PromptLabelMoveResolver, PromptLabelsResolver, PromptVersionLabelsResolver } from '../features/prompts/labels/label-fields.resolver.js';
import { LabelFeed } from '../features/prompts/labels/label.feed.js';
import { LabelLoader } from '../features/prompts/labels/label.loader.js';
import { PromptLabelResolver } from '../features/prompts/labels/label.resolver.js';
import { LabelsService } from '../features/prompts/labels/label.service.js';
import { LabelStore } from '../features/prompts/labels/label.store.js';
import { PromptFolderResolver } from '../features/prompts/library/folder.resolver.js';
import { FoldersService } from '../features/prompts/library/folder.service.js';
import { FolderStore } from '../features/prompts/library/folder.store.js';
import { PromptEdgeResolver, PromptPlaceResolver } from '../features/prompts/library/library-fields.resolver.js';
import { LibraryLoader } from '../features/prompts/library/library.loader.js';
import { PromptLibraryResolver } from '../features/prompts/library/library.resolver.js';
import { LibraryService } from '../features/prompts/library/library.service.js';
import { LibraryStore } from '../features/prompts/library/library.store.js';
import { PromptListService } from '../features/prompts/library/prompt-list.service.js';
import { PromptListStore } from '../features/prompts/library/prompt-list.store.js';
import { SearchIndexStore } from '../features/prompts/library/search-index.store.js';
import { AnswerChecker } from '../features/prompts/playground/answer-check.js';
import { PlaygroundLoader } from '../features/prompts/playground/playground.loader.js';
import { PlaygroundResolver, PromptRunStatsResolver } from '../features/prompts/playground/playground.resolver.js';
import { PlaygroundService } from '../features/prompts/playground/playground.service.js';
import { PromptRunJobs } from '../features/prompts/playground/prompt-run.jobs.js';
import { PromptRunStore } from '../features/prompts/playground/prompt-run.store.js';
import { PromptRunner } from '../features/prompts/playground/prompt-runner.js';
import { RunSources } from '../features/prompts/playground/run-source.js';
import { RunStatsStore } from '../features/prompts/playground/run-stats.store.js';
import { PromptSpendingResolver } from '../features/prompts/prompt-spending.resolver.js';
import { PromptLoader } from '../features/prompts/prompt.loader.js';
import { PromptResolver, PromptVersionResolver } from '../features/prompts/prompt.resolver.js';
import { PromptsService } from '../features/prompts/prompt.service.js';
import { PromptStore } from '../features/prompts/prompt.store.js';
import { TransferResolver } from '../features/prompts/transfer/transfer.resolver.js';
import { TransferService } from '../features/prompts/transfer/transfer.service.js';
import { TransferStore } from '../features/prompts/transfer/transfer.store.js';
import { type PromptUseService } from '../features/workflows/prompt-use.service.js';
import { type Ground } from '../ground.js';
import { type AuthParts } from './auth.wiring.js';
import { type ProviderParts } from './providers.wiring.js';

/** The prompt library and its playground. @param uses which workflows run which prompts */
export function wirePrompts(ground: Ground, { people, memberNames }: AuthParts, { providers, models, spendLoader }: ProviderParts, uses: PromptUseService) {
  const { logger, database, bus, jobs, sandbox, now } = ground;
  const versionFinder = new VersionFinder(new VersionFinderStore(database));
  const references = new ReferenceResolver(versionFinder);
  const contents = new ContentReader(providers, references, sandbox);
  const renderer = new PromptRenderer(references, sandbox);
  const prompts = new PromptsService(new PromptStore(database), contents);
  const sources = new PromptSources(prompts, versionFinder, contents);
  const promptLoader = new PromptLoader(prompts);
  const labelStore = new LabelStore(database);
  const labels = new LabelsService(labelStore, new LabelFeed(labelStore, bus), prompts, bus);
  const labelLoader = new LabelLoader(labels, promptLoader);
  const branches = new BranchesService(new BranchStore(database), prompts);
  const branchLoader = new BranchLoader(branches);
  const commitStore = new CommitStore(database);
  const commits = new PromptCommits(commitStore, branches, prompts, contents, labels, memberNames);
  const merges = new PromptMerges(commits, commitStore, branches, prompts, contents);
  const dependents = new DependentsService(new DependentStore(database), prompts);
  const library = new LibraryService(new LibraryStore(database), prompts, labels, dependents, uses);
  const folders = new FoldersService(new FolderStore(database));
  const libraryLoader = new LibraryLoader(library, folders, promptLoader);
  const drafts = new DraftsService(new DraftStore(database), prompts, providers);
  const draftLoader = new DraftLoader(drafts, prompts);
  const runs = new PromptRunStore(database);
  const promptRunner = new PromptRunner({
    store: runs,
    providers,
    models,
    checker: new AnswerChecker(sandbox),
    onFault: (err, promptRunId) => logger.error({ err, promptRunId }, 'A run of a prompt failed unexpectedly'),
  });
  const playground = new PlaygroundService(prompts, new RunSources(sources, renderer, providers), promptRunner, runs, new RunStatsStore(database));
  return {
    prompts,
    branches,
    labels,
    folders,
    library,
    versionFinder,
    references,
    contents,
    renderer,
    dependents,
    promptLoader,
    branchLoader,
    promptRunner,
    promptRunJobs: new PromptRunJobs({ store: runs, jobs, now, alone: database.engine === 'sqlite' }),
    searchIndex: new SearchIndexStore(database),
    resolvers: [
      new PromptResolver(prompts, promptLoader),
      new PromptVersionResolver(promptLoader, people),
      new PromptHistoryResolver(prompts, branches, branchLoader),
      new PromptCommitResolver(commits, merges, branchLoader),
      new PromptCommitPreviewResolver(new PromptComparisons(commits, commitStore, prompts, contents), promptLoader),
      new PromptMergePreviewResolver(merges, promptLoader),
      new PromptBranchResolver(branches, branchLoader, promptLoader),
      new RenderingResolver(sources, new RenderingService(sources, references, renderer)),
      new PromptLibraryResolver(new PromptListService(new PromptListStore(database)), library),
      new PromptFolderResolver(folders, libraryLoader),
      new PromptPlaceResolver(libraryLoader),
      new PromptEdgeResolver(libraryLoader),
      new PromptLabelResolver(labels, labelLoader, promptLoader, people),
      new PromptLabelsResolver(labelLoader),
      new PromptVersionLabelsResolver(labelLoader),
      new PromptLabelMoveResolver(promptLoader, people),
      new PromptDraftResolver(drafts, draftLoader),
      new PromptDraftsResolver(draftLoader),
      new PromptDependentsResolver(new DependentLoader(dependents)),
      new PromptDependentResolver(promptLoader),
      new ChangedDependentsResolver(dependents),
      new LabelMoveDependentsResolver(new DependentBreaks(dependents, prompts, references)),
      new PlaygroundResolver(playground, promptLoader, people),
      new PromptRunStatsResolver(new PlaygroundLoader(playground)),
      new PromptSpendingResolver(spendLoader),
      new TransferResolver(new TransferService(new TransferStore(database), providers, sandbox, memberNames), promptLoader),
    ],
  };
}

export type PromptParts = ReturnType<typeof wirePrompts>;
