import { type Sandbox } from '../../../sandbox/sandbox.js';
import { type ModelCall } from '../../providers/provider.js';
import { type ProvidersService } from '../../providers/providers.service.js';
import { type PromptsService } from '../../prompts/prompt.service.js';
import { type PreparedStep, type StepResult, type StepRunner, type StepWork } from './step-runner.js';

/** Far more than any honest template needs, even on a busy machine. */
const renderingMs = 5_000;

/** Renders the pinned prompt version with the step's inputs and sends it to the pinned model. */
export class PromptStepRunner implements StepRunner {
  constructor(
    private readonly prompts: PromptsService,
    private readonly providers: ProvidersService,
    private readonly sandbox: Sandbox,
  ) {}

  async prepare({ execution, step, input, signal }: StepWork): Promise<PreparedStep> {
    const pinned = execution.lockfile.prompts[step.key];
    if (!pinned) throw new Error(`The lockfile of execution ${execution.id} pins no prompt for step ${step.key}.`);
    const version = await this.prompts.version(execution.workspaceId, pinned.promptVersionId);
    const texts = await this.sandbox.render(
      version.messages.map(({ content }) => content),
      input,
      { signal, timeoutMs: renderingMs },
    );
    const messages = version.messages.map(({ role }, index) => ({ role, content: texts[index] ?? '' }));
    const { model: modelId, temperature, topP, maxOutputTokens } = pinned.settings;
    const model = this.providers.find(modelId);
    const parameters = { temperature: temperature ?? undefined, topP: topP ?? undefined, maxOutputTokens: maxOutputTokens ?? undefined };
    return {
      kind: 'call',
      details: { provider: model?.provider ?? 'unknown', model: modelId, simulated: model?.simulated ?? false, promptVersionId: version.id, messages },
      call: (onText) => this.call(modelId, { ...parameters, messages, signal }, onText),
    };
  }

  private async call(modelId: string, call: Omit<ModelCall, 'model'>, onText: (text: string) => void): Promise<StepResult> {
    const pieces: string[] = [];
    for await (const chunk of this.providers.stream(modelId, call)) {
      if (chunk.type === 'finish') return { output: pieces.join(''), usage: chunk.usage, finishReason: chunk.finishReason };
      if (chunk.type === 'tool-call') continue;
      pieces.push(chunk.text);
      onText(chunk.text);
    }
    throw new Error('A provider ended its stream without a finish, which it must report as CUT_OFF.');
  }
}
