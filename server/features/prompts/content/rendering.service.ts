import { type RenderPromptInput } from '../../../../schema/prompt-rendering.js';
import { InvalidInputError } from '../../../errors.js';
import { SandboxError } from '../../../sandbox/sandbox.js';
import { countTokens } from '../../providers/token-count.js';
import { type PromptContent } from './content.js';
import { type PromptRenderer } from './prompt-renderer.js';
import { type PromptSources } from './prompt-source.js';
import { type ReferencePin, type ReferenceResolver } from './reference-resolver.js';
import { type RenderedMessage } from './rendered-message.js';
import { type PromptVersionRecord } from './version-row.js';

/** Somebody waits for it, and it is asked for at every keystroke. */
const previewLimits = { timeoutMs: 1_000, mostWaiting: 400 };

export interface Rendered extends Pick<PromptContent, 'settings' | 'tools' | 'outputSchema'> {
  messages: (RenderedMessage & { tokens: number })[];
  tokens: number;
  references: ReferencePin[];
  version: PromptVersionRecord | undefined;
}

/** Shows what a model would be sent. */
export class RenderingService {
  constructor(
    private readonly sources: PromptSources,
    private readonly references: ReferenceResolver,
    private readonly renderer: PromptRenderer,
  ) {}

  /**
   * @throws InvalidInputError naming every value that is wrong, missing or unknown, or the template that fails
   * @param gone aborting it ends the rendering
   * @throws NotFoundError where there is no such version
   * @throws RateLimitedError while as many renderings of the workspace wait as may
   */
  async render(workspaceId: string, { source, values, withSamples }: RenderPromptInput, gone: AbortSignal): Promise<Rendered> {
    const { content, version, promptId } = await this.sources.read(workspaceId, source, 'input.source');
    const pins = await this.references.resolve(workspaceId, [{ ...content, promptId }], () => 'input.source');
    const rendered = await this.renderMessages(source, workspaceId, content, values, { pins, withSamples, signal: gone, limits: previewLimits });
    const messages = rendered.map((message) => ({ ...message, tokens: countTokens(message.content) }));
    const { settings, tools, outputSchema } = content;
    const tokens = messages.reduce((sum, message) => sum + message.tokens, 0);
    return { messages, tokens, references: [...pins.values()], settings, tools, outputSchema, version };
  }

  private async renderMessages(source: RenderPromptInput['source'], ...rendering: Parameters<PromptRenderer['render']>): Promise<RenderedMessage[]> {
    try {
      return await this.renderer.render(...rendering);
    } catch (error) {
      if (error instanceof SandboxError) throw new InvalidInputError([{ field: source.content ? fieldOf(error, rendering[1]) : 'input.source', message: error.message }]);
      throw error;
    }
  }
}

/** Where the template stands that failed: the values fit what the prompt asks for, so that what it makes of them is its own. */
function fieldOf({ template }: SandboxError, { messages }: PromptContent): string {
  const templates = messages.flatMap(({ role }, index) => (role === 'PLACEHOLDER' ? [] : [index]));
  const place = template === undefined && templates.length > 1 ? undefined : templates[template ?? 0];
  return place === undefined ? 'input.source.content.messages' : `input.source.content.messages.${place}.content`;
}
