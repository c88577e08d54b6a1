import { Context, Drop, Liquid, LiquidError, type Template, Tokenizer, TokenKind } from 'liquidjs';
import { BoundedCache } from '../bounded-cache.js';
import { IncludedTemplateError, PromptTag, type Rendering, setRendering } from './prompt-tag.js';
import { OUTPUT_LIMIT, tooMuchOutput } from './protocol.js';
import { SandboxError, type SandboxErrorCode } from './sandbox.js';
import { UnsetVariable } from './unset-variable.js';

const MAX_LENGTH = 1_000_000;
/** Liquid's own count of the characters and items that a rendering makes. */
const MEMORY_LIMIT = 50_000_000;

interface ParsedTemplate {
  nodes: Template[];
  /** Names that must be given from outside. */
  variables: string[];
}

/** What is to be rendered; `render` says what it means. */
export interface TemplateRequest {
  templates: readonly string[];
  variables: Readonly<Record<string, unknown>>;
  included?: Readonly<Record<string, string>> | undefined;
  unset?: readonly string[] | undefined;
  timeoutMs: number;
}

/**
 * Renders Liquid on the thread that it is called on. Every variable that a template names must be given, whichever branch names it, while
 * a property that may be absent can be asked for with `if` and `default`. Objects and arrays come out as JSON. Times are in UTC. There are no files to include,
 only the prompts that are given with the templates.
 */
export class TemplateEngine {
  private readonly liquid = makeLiquid();
  private readonly parsed = new BoundedCache<ParsedTemplate>(500, 4_000_000);

  /**
   * @param included the templates that `{% prompt %}` tags find, by `targetKey`
   * @param unset names of variables that have no value and come out as `{{ name }}`
   * @throws SandboxError
   */
  render({ templates, variables, included = {}, unset = [], timeoutMs }: TemplateRequest): string[] {
    const values = { ...variables, ...Object.fromEntries(unset.map((name) => [name, new UnsetVariable(name)])) };
    const prompts = new Map(Object.entries(included).map(([key, template]) => [key, this.parsedFor(template, values)]));
    let length = 0;
    return templates.map((template, index) => {
      try {
        const text = this.renderOne(this.parsedFor(template, values), { values, prompts }, timeoutMs);
        length += text.length;
        if (length > OUTPUT_LIMIT) throw new SandboxError('LIMIT', tooMuchOutput);
        return text;
      } catch (error) {
        throw error instanceof SandboxError ? new SandboxError(error.code, error.message, index) : error;
      }
    });
  }

  private parsedFor(template: string, values: Readonly<Record<string, unknown>>): Template[] {
    const { nodes, variables: wanted } = this.parsed.getOrMake(template, (text) => this.parse(text));
    const unknown = wanted.filter((name) => !Object.hasOwn(values, name));
    if (unknown.length > 0) throw new SandboxError('RUNTIME', unknownVariables(unknown));
    return nodes;
  }

  private renderOne(nodes: Template[], rendering: Rendering, timeoutMs: number): string {
    const limits = { sync: true, renderLimit: timeoutMs, memoryLimit: MEMORY_LIMIT };
    const context = new Context(rendering.values, this.liquid.options, limits, { liquid: this.liquid });
    setRendering(context, rendering);
    try {
      return String(this.liquid.renderSync(nodes, context));
    } catch (error) {
      throw problemOf(error, 'RUNTIME');
    }
  }

  private parse(text: string): ParsedTemplate {
    if (text.length > MAX_LENGTH) {
      throw new SandboxError('LIMIT', `The template is too long: ${text.length} characters, where ${MAX_LENGTH} are allowed.`);
    }
    try {
      const nodes = this.liquid.parse(text);
      return { nodes, variables: this.liquid.globalVariablesSync(this.codeOf(text)) };
    } catch (error) {
      throw problemOf(error, 'SYNTAX');
    }
  }

  /** Tags and outputs without the text between them: Liquid counts the lines up to each variable, which takes minutes in a long text. */
  private codeOf(text: string): string {
    const tokens = new Tokenizer(text).readTopLevelTokens(this.liquid.options);
    return tokens
      .filter(({ kind }) => kind !== TokenKind.HTML)
      .map((token) => token.getText())
      .join('');
  }
}

function makeLiquid(): Liquid {
  const liquid = new Liquid({
    strictVariables: true,
    strictFilters: true,
    ownPropertyOnly: true,
    lenientIf: true,
    timezoneOffset: 0,
    parseLimit: MAX_LENGTH,
    memoryLimit: MEMORY_LIMIT,
    // In place of the file system, which is the default.
    templates: {},
    outputEscape: textOf,
  });
  for (const name of ['include', 'render', 'layout', 'block']) {
    liquid.registerTag(name, {
      parse() {
        throw new Error(`{% ${name} %} isn't available: a template can't use files. {% prompt "path" %} includes another prompt`);
      },
      render: () => '',
    });
  }
  liquid.registerTag('prompt', PromptTag);
  return liquid;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof UnsetVariable) return value.toString();
  if (value === null || value === undefined) return '';
  // Liquid's own objects, such as `empty`, know what they stand for.
  if (value instanceof Drop) return textOf(value.valueOf());
  return typeof value === 'object' ? JSON.stringify(value) : `${value as number | boolean}`;
}

function unknownVariables(names: string[]): string {
  const quoted = names.map((name) => `\`${name}\``).join(', ');
  return names.length === 1
    ? `The template uses the variable ${quoted}, which is not given.`
    : `The template uses the variables ${quoted}, which are not given.`;
}

function problemOf(error: unknown, code: SandboxErrorCode): SandboxError {
  if (error instanceof RangeError) return new SandboxError('LIMIT', 'The template is nested too deep, or makes too large a text.');
  const { cause = error } = originalOf(error);
  if (cause instanceof SandboxError) return cause;
  if (cause instanceof IncludedTemplateError) {
    const inner = problemOf(cause.cause, code);
    return new SandboxError(inner.code, `In ${cause.path}: ${inner.message}`);
  }
  const message = error instanceof Error ? error.message : 'the template failed';
  if (message.includes('memory alloc limit exceeded')) return new SandboxError('LIMIT', 'The template makes too much text or too long a list.');
  if (message.includes('parse length limit exceeded')) return new SandboxError('LIMIT', 'The template is too long.');
  if (message.includes('template render limit exceeded')) return new SandboxError('TIMEOUT', 'The template takes too long to render.');
  // Liquid says `what, line:1, col:4`.
  const text = message.replace(/, line:(\d+), col:(\d+)$/, ', at line $1, column $2');
  return new SandboxError(code, `${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
}

/** Liquid wraps what a tag throws. */
function originalOf(error: unknown): { cause?: unknown } {
  return LiquidError.is(error) ? { cause: error.originalError } : {};
}
