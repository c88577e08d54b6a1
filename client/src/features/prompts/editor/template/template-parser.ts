import { ForTag, Hash, Liquid, TablerowTag, Tag, TokenKind, Tokenizer, TypeGuards, Value, type Liquid as Engine, type TagToken, type Template, type Token, type TopLevelToken } from 'liquidjs';
import { shapeOf, type NeededShape } from './needed-shape';
import { faultOf, placeTooDeep } from './template-fault';
import { problemAt, type TemplateProblem } from './template-problem';
import { variableNameProblem } from './variable-name';

/** A place where a template asks for a value that its caller gives. */
export interface VariableUse {
  name: string;
  /** What it must be there; undefined where a text will do. */
  shape: NeededShape | undefined;
  /** Offsets of the name. */
  from: number;
  to: number;
}

/** A place where a template includes another prompt. At most one of label, version and branch. */
export interface TemplateReference {
  path: string;
  label?: string;
  version?: string;
  branch?: string;
  /** Offsets of the tag. */
  from: number;
  to: number;
}

export interface ParsedTemplate {
  /** In the order in which they stand. */
  uses: VariableUse[];
  references: TemplateReference[];
  /** Names that the template itself gives values to, by loops and assignments. */
  ownNames: string[];
  problems: TemplateProblem[];
}

const mostProblems = 20;
const fileTags = ['include', 'render', 'layout', 'block'];
const targets = ['label', 'version', 'branch'] as const;

class PromptTag extends Tag {
  readonly path: string | undefined;
  readonly target: { label?: string; version?: string; branch?: string } = {};
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Engine) {
    super(token, remaining, liquid);
    const path = token.tokenizer.readValue();
    if (!path || !TypeGuards.isQuotedToken(path)) throw new Error('write the path of a prompt in quotes, such as {% prompt "shared/tone" %}');
    this.path = path.content;
    const hash = new Hash(token.tokenizer).hash;
    for (const [name, value] of Object.entries(hash)) {
      const target = targets.find((each) => each === name);
      if (!target || !value || !TypeGuards.isQuotedToken(value)) throw new Error('after the path comes nothing, or one of label: "…", version: "…" and branch: "…"');
      this.target[target] = value.content;
    }
    if (Object.keys(this.target).length > 1) throw new Error('name a label, a version or a branch: one of them');
  }
  override *render(): Generator<unknown, void, unknown> {}
}

// Unknown filters are told of one by one, so that what stands around them is still understood.
const liquid = new Liquid({ templates: {}, strictFilters: false });
for (const tag of fileTags) delete liquid.tags[tag];
liquid.registerTag('prompt', PromptTag);

/** Reads a template as far as it can be read: what breaks is told of, and what stands around it is still understood. */
export function parseTemplate(template: string): ParsedTemplate {
  const deep = placeTooDeep(template);
  if (deep !== undefined) return { uses: [], references: [], ownNames: [], problems: [problemAt(template, deep, deep + 2, 'This is nested too deep.')] };
  const problems: TemplateProblem[] = [];
  let readable = template;
  for (;;) {
    try {
      const walk = new Walk(template, problems);
      walk.through(liquid.parse(readable));
      return walk.result();
    } catch (error) {
      const { from, to, problem } = faultOf(error, template, readable);
      problems.push(problem);
      if (problems.length === mostProblems || from === to) return { uses: [], references: [], ownNames: [], problems: inOrder(problems) };
      readable = readable.slice(0, from) + ' '.repeat(to - from) + readable.slice(to);
    }
  }
}

/** Follows a parsed template in the order in which it is rendered, knowing which names it has given values to so far. */
class Walk {
  private readonly uses: VariableUse[] = [];
  private readonly references: TemplateReference[] = [];
  private readonly assigned = new Set<string>();
  private readonly blocks: string[][] = [];
  private readonly own = new Set<string>();

  constructor(private readonly template: string, private readonly problems: TemplateProblem[]) {}

  through(templates: Iterable<Template>): void {
    for (const each of templates) this.visit(each);
  }

  result(): ParsedTemplate {
    const uses = this.uses.toSorted((one, other) => one.from - other.from);
    return { uses, references: this.references, ownNames: [...this.own], problems: inOrder(this.problems) };
  }

  private visit(template: Template): void {
    if (template instanceof PromptTag && template.path !== undefined) {
      this.references.push({ path: template.path, ...template.target, from: template.token.begin, to: template.token.end });
    }
    const looped = template instanceof ForTag || template instanceof TablerowTag ? template.collection : undefined;
    for (const argument of template.arguments?.() ?? []) {
      if (argument === looped && TypeGuards.isPropertyAccessToken(looped)) this.readPath(looped, template.token, true);
      else if (argument instanceof Value) this.readValue(argument, template.token);
      else this.readToken(argument, template.token);
    }
    for (const { content } of template.localScope?.() ?? []) {
      this.assigned.add(content);
      this.own.add(content);
    }
    if (!template.children) return;
    const names = [...(template.blockScope?.() ?? [])];
    for (const name of names) this.own.add(name);
    this.blocks.push(names);
    this.through(childrenOf(template));
    this.blocks.pop();
  }

  private readValue({ initial, filters }: { initial: { postfix: Iterable<unknown> }; filters: readonly { name: string; args: readonly unknown[] }[] }, place: Token): void {
    for (const token of initial.postfix) this.readToken(token, place);
    for (const { name, args } of filters) {
      if (!(name in liquid.filters)) this.problems.push(this.unknownFilter(name, place));
      for (const argument of args) this.readToken(Array.isArray(argument) ? argument[1] : argument, place);
    }
  }

  private unknownFilter(name: string, { begin, end }: Token): TemplateProblem {
    const within = this.template.slice(begin, end).search(new RegExp(`\\|\\s*${name}\\b`));
    const from = within === -1 ? begin : this.template.indexOf(name, begin + within);
    return problemAt(this.template, from, within === -1 ? end : from + name.length, `There is no filter “${name}”.`);
  }

  private readToken(token: unknown, place: Token): void {
    if (TypeGuards.isRangeToken(token)) {
      this.readToken(token.lhs, place);
      this.readToken(token.rhs, place);
    } else if (TypeGuards.isFilteredValueToken(token)) {
      this.readValue(token, place);
    } else if (TypeGuards.isPropertyAccessToken(token)) {
      this.readPath(token, place, false);
    }
  }

  private readPath({ props: [root, ...path] }: { props: readonly Token[] }, place: Token, looped: boolean): void {
    if (root) this.readRoot(root, place, shapeOf(path.map((each) => (hasContent(each) ? each.content : undefined)), looped));
    for (const each of path) this.readToken(each, place);
  }

  private readRoot(root: Token, place: Token, shape: NeededShape | undefined): void {
    if (TypeGuards.isPropertyAccessToken(root)) return this.readToken(root, place);
    if (!TypeGuards.isWordToken(root) && !TypeGuards.isQuotedToken(root)) return;
    const name = root.content;
    if (this.assigned.has(name) || this.blocks.some((names) => names.includes(name))) return;
    const from = root.begin + this.template.slice(root.begin, root.end).indexOf(name);
    this.uses.push({ name, shape, from, to: from + name.length });
    const problem = variableNameProblem(name);
    if (problem) this.problems.push(problemAt(this.template, from, from + name.length, `“${name}” can’t be the name of a variable. ${problem}`));
  }
}

function hasContent(token: Token): token is Token & { content: string | number } {
  return TypeGuards.isWordToken(token) || TypeGuards.isQuotedToken(token) || TypeGuards.isNumberToken(token);
}

function childrenOf(template: Template): Template[] {
  // Nothing is read from anywhere, so the generator yields nothing to wait for.
  const step = template.children?.(false, true).next();
  return step?.done ? step.value : [];
}

const inOrder = (problems: TemplateProblem[]): TemplateProblem[] => problems.toSorted((one, other) => one.from - other.from);

/** Whether an offset lies within a tag or an output, where text can't be turned into one. */
export function isWithinCode(template: string, from: number, to: number): boolean {
  try {
    const tokens = new Tokenizer(template).readTopLevelTokens(liquid.options);
    return tokens.some(({ kind, begin, end }) => kind !== TokenKind.HTML && begin < to && end > from);
  } catch {
    return /\{\{|\{%|%\}|\}\}/.test(template.slice(from, to));
  }
}
