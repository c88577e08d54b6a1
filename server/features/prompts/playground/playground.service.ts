import { type Connection } from '../../../../schema/connection.js';
import { type RunPromptInput } from '../../../../schema/prompt-runs.js';
import { NotFoundError } from '../../../errors.js';
import { type PageRequest } from '../../../pagination.js';
import { type Identity } from '../../auth/identity.js';
import { type PromptsService } from '../prompt.service.js';
import { type PromptRunEvent, type PromptRunRecord, type RunStats } from './prompt-run.js';
import { type PromptRunStore } from './prompt-run.store.js';
import { type PromptRunner } from './prompt-runner.js';
import { type RunSources } from './run-source.js';
import { type RunStatsStore } from './run-stats.store.js';

/** Runs prompts by themselves, and tells what became of it. */
export class PlaygroundService {
  constructor(
    private readonly prompts: PromptsService,
    private readonly sources: RunSources,
    private readonly runner: PromptRunner,
    private readonly runs: PromptRunStore,
    private readonly stats: RunStatsStore,
  ) {}

  /**
   * Runs a prompt to its end, or until `gone` is aborted. What goes wrong with the model is told by the run that is returned.
   * @throws InvalidInputError naming every field that is wrong, values of variables too
   * @throws NotFoundError for a version or a prompt that does not exist
   * @throws RateLimitedError while the workspace has as many runs under way as it may
   */
  async run(identity: Identity, input: RunPromptInput, gone: AbortSignal): Promise<PromptRunRecord> {
    const { finished } = await this.runner.start(identity.workspaceId, (signal) => this.sources.prepare(identity, input, signal), gone);
    return finished;
  }

  /** The same, told as it happens. Who stops reading cancels the run. */
  async follow(identity: Identity, input: RunPromptInput): Promise<AsyncIterableIterator<PromptRunEvent>> {
    const { events, cancel } = await this.runner.start(identity.workspaceId, (signal) => this.sources.prepare(identity, input, signal));
    const followed: AsyncIterableIterator<PromptRunEvent> = {
      next: () => events.next(),
      return: () => {
        cancel();
        return events.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    return followed;
  }

  /** Newest first. @throws NotFoundError for a prompt, or a version of it, that does not exist */
  async list(workspaceId: string, promptId: string, versionId: string | undefined, page: PageRequest): Promise<Connection<PromptRunRecord>> {
    await this.prompts.get(workspaceId, promptId);
    if (versionId !== undefined && (await this.prompts.version(workspaceId, versionId)).promptId !== promptId) throw new NotFoundError('prompt version');
    return this.runs.list(workspaceId, { promptId, versionId }, page);
  }

  /** Of each version that was run, by its id. */
  statsOf(workspaceId: string, versionIds: readonly string[]): Promise<Map<string, RunStats>> {
    return this.stats.of(workspaceId, versionIds);
  }
}
