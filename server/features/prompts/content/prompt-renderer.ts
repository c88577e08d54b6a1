import { InvalidInputError } from '../../../errors.js';
import { type Sandbox, type SandboxOptions } from '../../../sandbox/sandbox.js';
import { type PromptContent, type PromptVariable } from './content.js';
import { type ReferencePins, type ReferenceResolver, variablesOf } from './reference-resolver.js';
import { type RenderedMessage } from './rendered-message.js';
import { ValueChecker } from './value-checker.js';
import { messageList } from './values.js';

/** Far more than any honest template needs, even on a busy machine. */
const renderingMs = 5_000;

export interface RenderingOptions {
  signal?: AbortSignal | undefined;
  /** What the references came to. Absent: they are resolved now. */
  pins?: ReferencePins | undefined;
  /** For a preview: what has no value has its default, else its sample, or else stays visible as `{{ name }}`. */
  withSamples?: boolean | undefined;
  /** What it may take of the sandbox, where that is less than for a run. */
  limits?: Pick<SandboxOptions, 'timeoutMs' | 'mostWaiting'> | undefined;
  /** Where the caller wrote the values; `input.values` when absent. */
  field?: string | undefined;
}

/** Makes the messages that a model is sent. */
export class PromptRenderer {
  private readonly values: ValueChecker;

  constructor(
    private readonly references: ReferenceResolver,
    private readonly sandbox: Pick<Sandbox, 'render' | 'checkSchemas'>,
  ) {
    this.values = new ValueChecker(sandbox);
  }

  /**
   * @returns the messages, where placeholders stood the messages that were given for them
   * @throws InvalidInputError naming every value that is wrong, missing or unknown; for a reference that leads nowhere, too
   * @throws RateLimitedError where the limits allow no more to wait
   * @throws SandboxError where a template fails on these values, or wants too much time or memory
   */
  async render(workspaceId: string, content: PromptContent, given: unknown, options: RenderingOptions = {}): Promise<RenderedMessage[]> {
    const { signal, limits, withSamples = false, field = 'input.values' } = options;
    const sandboxOptions = { signal, fairnessKey: workspaceId, ...limits };
    const pins = options.pins ?? (await this.references.resolve(workspaceId, [content]));
    const variables = variablesOf(content, pins);
    const { values, problems } = await this.values.check(withSamples ? variables.map(asSampled) : variables, given, field, sandboxOptions);
    if (problems.length > 0) throw new InvalidInputError(problems);
    const unset = withSamples ? variables.map(({ name }) => name).filter((name) => values[name] === null) : [];
    const templates = content.messages.filter(({ role }) => role !== 'PLACEHOLDER').map((message) => message.content);
    const texts = await this.sandbox.render(templates, values, { timeoutMs: renderingMs, included: includedTemplates(pins), unset, ...sandboxOptions });
    return content.messages.flatMap(({ id: messageId, role, content: name }): RenderedMessage[] => {
      if (role !== 'PLACEHOLDER') return [{ messageId, role, content: texts.shift() ?? '' }];
      if (unset.includes(name)) return [{ messageId, role: 'USER', content: `{{ ${name} }}` }];
      return messageList.parse(values[name] ?? []).map((message) => ({ messageId, ...message }));
    });
  }
}

function asSampled({ defaultValue, sample, ...variable }: PromptVariable): PromptVariable {
  return { ...variable, required: false, defaultValue: defaultValue ?? sample };
}

function includedTemplates(pins: ReferencePins): Record<string, string> {
  return Object.fromEntries([...pins].map(([key, { version }]) => [key, version.messages[0]?.content ?? '']));
}
