import { type PromptRenderer } from '../../prompts/content/prompt-renderer.js';
import { variablesOf } from '../../prompts/content/reference-resolver.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type ModelCall } from '../../providers/provider.js';
import { type ProvidersService } from '../../providers/providers.service.js';
import { noUsage } from '../execution.types.js';
import { PinnedPromptGoneError, readPins } from '../pinned-references.js';
import { type PreparedStep, type StepResult, type StepRunner, type StepWork } from './step-runner.js';

/** Renders the pinned prompt version with the step's inputs, including nothing but what is pinned, and sends it to the pinned model. */
export class PromptStepRunner implements StepRunner {
  constructor(
    private readonly prompts: PromptsService,
    private readonly providers: ProvidersService,
    private readonly renderer: PromptRenderer,
  ) {}

  async prepare({ execution, step, input, signal }: StepWork): Promise<PreparedStep> {
    const pinned = execution.lockfile.prompts[step.key];
    if (!pinned) throw new Error(`The lockfile of execution ${execution.id} pins no prompt for step ${step.key}.`);
    const { workspaceId } = execution;
    const version = (await this.prompts.versionsByIds(workspaceId, [pinned.promptVersionId])).get(pinned.promptVersionId);
    if (!version) throw new PinnedPromptGoneError(`Version ${pinned.promptVersion} of the prompt`);
    const pins = await readPins(this.prompts, workspaceId, pinned.references);
    // A step may give more than this version of its prompt still asks for.
    const wanted = new Set(variablesOf(version, pins).map(({ name }) => name));
    const values = Object.fromEntries(Object.entries(input).filter(([name]) => wanted.has(name)));
    const messages = await this.renderer.render(workspaceId, version, values, { pins, signal, field: 'inputs' });
    const { model: modelId, temperature, topP, maxOutputTokens, seed, stopSequences } = pinned.settings;
    const model = this.providers.find(modelId);
    const parameters = {
      temperature: temperature ?? undefined,
      topP: topP ?? undefined,
      maxOutputTokens: maxOutputTokens ?? undefined,
      seed: seed ?? undefined,
      stopSequences: stopSequences ?? undefined,
    };
    return {
      kind: 'call',
      details: { provider: model?.provider ?? 'unknown', model: modelId, simulated: model?.simulated ?? false, promptVersionId: version.id, messages },
      call: ({ onText }) => this.call(modelId, { ...parameters, messages, outputSchema: version.outputSchema, signal }, onText),
    };
  }

  private async call(modelId: string, call: Omit<ModelCall, 'model'>, onText: (text: string) => void): Promise<StepResult> {
    const pieces: string[] = [];
    for await (const chunk of this.providers.stream(modelId, call)) {
      if (chunk.type === 'finish') {
        const { finishReason, usage } = chunk;
        return { output: pieces.join(''), usage: { ...noUsage, ...usage }, costUsd: this.providers.costOf(modelId, usage), finishReason };
      }
      if (chunk.type === 'tool-call') continue;
      pieces.push(chunk.text);
      onText(chunk.text);
    }
    throw new Error('A provider ended its stream without a finish, which it must report as CUT_OFF.');
  }
}
