import { z } from 'zod';
import { type RunPromptInput } from '../../../../schema/prompt-runs.js';
import { InvalidInputError } from '../../../errors.js';
import { SandboxError } from '../../../sandbox/sandbox.js';
import { type Identity } from '../../auth/identity.js';
import { type ProvidersService } from '../../providers/providers.service.js';
import { hashOfContent, type PromptContent } from '../content/content.js';
import { type PromptRenderer } from '../content/prompt-renderer.js';
import { type PromptSources } from '../content/prompt-source.js';
import { type RenderedMessage } from '../content/rendered-message.js';
import { type PreparedRun } from './prompt-runner.js';
import { RunEnded } from './run-failure.js';

const valuesSchema = z.record(z.string(), z.unknown());

/** Makes what is run out of what a caller asks for. */
export class RunSources {
  constructor(
    private readonly sources: PromptSources,
    private readonly renderer: PromptRenderer,
    private readonly providers: ProvidersService,
  ) {}

  /**
   * A version that is run with another model than its own is no run of that version.
   * @throws InvalidInputError naming every field that is wrong, values of variables too
   * @throws NotFoundError for a version or a prompt that does not exist
   */
  async prepare({ workspaceId, userId }: Identity, input: RunPromptInput, signal: AbortSignal): Promise<PreparedRun> {
    const { content: source, version, promptId } = await this.sources.read(workspaceId, input.source, 'input.source');
    const wanted = input.model ?? source.settings.model;
    const model = await this.providers.find(workspaceId, wanted);
    if (!model) {
      const message = `There is no model named ${wanted} here. Choose one that \`models\` lists.`;
      throw new InvalidInputError([{ field: input.model ? 'input.model' : 'input.source', message }]);
    }
    const content: PromptContent = { ...source, settings: { ...source.settings, model: model.id } };
    const rendered = await this.render(workspaceId, content, input.values ?? {}, signal);
    return {
      workspaceId,
      promptId,
      versionId: source.settings.model === model.id ? version?.id : undefined,
      contentHash: hashOfContent(content),
      runById: userId,
      model: model.id,
      simulated: model.simulated,
      values: valuesSchema.parse(input.values ?? {}),
      content,
      ...rendered,
    };
  }

  /** A template that fails on these values makes a run that fails: its author is to see it among the others. So does one that is ended meanwhile. */
  private async render(workspaceId: string, content: PromptContent, values: unknown, signal: AbortSignal): Promise<{ messages: RenderedMessage[]; failure?: Error }> {
    try {
      return { messages: await this.renderer.render(workspaceId, content, values, { signal }) };
    } catch (error) {
      if (error instanceof SandboxError || error instanceof RunEnded) return { messages: [], failure: error };
      throw error;
    }
  }
}
