import { type PromptContent } from '../../prompts/content/content.js';
import { type PromptRenderer } from '../../prompts/content/prompt-renderer.js';
import { variablesOf } from '../../prompts/content/reference-resolver.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type ExecutionRecord, type PinnedPrompt } from '../execution.types.js';
import { PinnedPromptGoneError, readPins } from '../pinned-references.js';
import { type ModelAsking } from './model-asking.js';
import { type PreparedStep, type StepRunner, type StepWork } from './step-runner.js';

/** Renders what is pinned with the step's inputs, including nothing but what is pinned, and asks the pinned models. */
export class PromptStepRunner implements StepRunner {
  constructor(
    private readonly prompts: PromptsService,
    private readonly renderer: PromptRenderer,
    private readonly models: ModelAsking,
  ) {}

  async prepare(work: StepWork): Promise<PreparedStep> {
    const { execution, step, input, signal } = work;
    const pinned = execution.lockfile.prompts[step.key];
    if (!pinned) throw new Error(`The lockfile of execution ${execution.id} pins no prompt for step ${step.key}.`);
    const { workspaceId } = execution;
    const content = pinned.content ?? (await this.readVersion(execution, pinned));
    const pins = await readPins(this.prompts, workspaceId, pinned.references);
    // A step may give more than this version of its prompt still asks for.
    const wanted = new Set(variablesOf(content, pins).map(({ name }) => name));
    const values = Object.fromEntries(Object.entries(input).filter(([name]) => wanted.has(name)));
    const messages = await this.renderer.render(workspaceId, content, values, { pins, signal, field: 'inputs' });
    const { promptVersionId, settings, models = [withoutNull(settings)], mode, repairs } = pinned;
    return this.models.prepare(work, { models, mode, messages, outputSchema: content.outputSchema, repairs, promptVersionId });
  }

  private async readVersion({ workspaceId }: ExecutionRecord, { promptVersionId = '', promptVersion = '' }: PinnedPrompt): Promise<PromptContent> {
    const version = (await this.prompts.versionsByIds(workspaceId, [promptVersionId])).get(promptVersionId);
    if (!version) throw new PinnedPromptGoneError(`Version ${promptVersion} of the prompt`);
    return version;
  }
}

/** Lockfiles from before settings left out what they do not say. */
function withoutNull({ model, temperature, topP, maxOutputTokens, seed, stopSequences }: PinnedPrompt['settings']) {
  return {
    model,
    temperature: temperature ?? undefined,
    topP: topP ?? undefined,
    maxOutputTokens: maxOutputTokens ?? undefined,
    seed: seed ?? undefined,
    stopSequences: stopSequences ?? undefined,
  };
}
