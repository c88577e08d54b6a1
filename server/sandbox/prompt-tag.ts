import { type Context, type Emitter, type Liquid, Tag, type TagToken, type Template, type TopLevelToken } from 'liquidjs';
import { SandboxError } from './sandbox.js';

/** What `{% prompt %}` names: a prompt's path, and the label, version or branch that it is wanted at. */
export interface PromptTarget {
  path: string;
  kind: 'label' | 'version' | 'branch';
  at: string;
}

/** The label that is meant where the tag says nothing. */
export const defaultLabel = 'production';

const syntax = /^\s*(?:"([^"]*)"|'([^']*)')\s*(?:(?:,\s*)?(label|version|branch)\s*:\s*(?:"([^"]*)"|'([^']*)')\s*)?$/;

/**
 * Reads what stands in the tag after its name. Only text in quotes counts: what a prompt includes must be known before it has values.
 * @throws Error saying what to write
 */
function parsePromptTag(args: string): PromptTarget {
  const match = syntax.exec(args);
  if (!match) {
    throw new Error('write a prompt\'s path in quotes, then at most one of label, version and branch: {% prompt "shared/tone", label: "staging" %}');
  }
  const [, double, single, kind, atDouble, atSingle] = match;
  const path = double ?? single ?? '';
  if (kind === undefined) return { path, kind: 'label', at: defaultLabel };
  return { path, kind: kind === 'label' || kind === 'version' ? kind : 'branch', at: atDouble ?? atSingle ?? '' };
}

/** The same for two targets that name the same thing: what the included templates are given by. */
export function targetKey({ path, kind, at }: PromptTarget): string {
  return `${path} ${kind}:${at}`;
}

/** What the tags of one rendering see. */
export interface Rendering {
  values: Readonly<Record<string, unknown>>;
  /** Parsed, by their targets' keys. */
  prompts: ReadonlyMap<string, Template[]>;
}

const renderings = new WeakMap<Context, Rendering>();

export function setRendering(context: Context, rendering: Rendering): void {
  renderings.set(context, rendering);
}

/** `{% prompt %}`: the text of another prompt, which sees the values that the whole rendering was given and nothing that the template around it made. */
export class PromptTag extends Tag {
  readonly target: PromptTarget;

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.target = parsePromptTag(token.args);
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const { path } = this.target;
    const rendering = renderings.get(context);
    const nodes = rendering?.prompts.get(targetKey(this.target));
    if (!rendering || !nodes) throw new SandboxError('RUNTIME', `The template includes the prompt ${path}, which is not given.`);
    const inner = context.spawn(rendering.values);
    setRendering(inner, rendering);
    try {
      yield this.liquid.renderer.renderTemplates(nodes, inner, emitter);
    } catch (error) {
      throw new IncludedTemplateError(path, error);
    }
  }
}

/** Something failed in a template that another one includes. */
export class IncludedTemplateError extends Error {
  constructor(
    readonly path: string,
    override readonly cause: unknown,
  ) {
    super(`in ${path}`);
  }
}
