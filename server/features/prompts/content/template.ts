import { Liquid, LiquidError, type Template, type Token, Tokenizer, TokenKind } from 'liquidjs';
import { PromptTag } from '../../../sandbox/prompt-tag.js';
import { type PromptContent } from './content.js';
import { greaterShape, loopedPlaces, type NeededShape, shapeOf } from './needed-shape.js';
import { type PromptReference, referenceKey, referenceProblem, toReference } from './reference.js';
import { placeTooDeep } from './template-nesting.js';
import { CodeMap, type Place, placeIn } from './template-places.js';
import { variableNameProblem } from './variable-name.js';

/** Something that a template names, and where it does first. */
export interface VariableUse extends Place {
  name: string;
  /** What all its uses need it to be; undefined where a text will do. */
  shape?: NeededShape | undefined;
}

export interface ReferenceUse extends Place {
  reference: PromptReference;
}

export type TemplateAnalysis =
  | { variables: VariableUse[]; references: ReferenceUse[]; codeLength: number; problem?: undefined }
  /** `line` and `column` count from 1 and are absent where the template as a whole is at fault. */
  | { problem: string; line?: number | undefined; column?: number | undefined };

/** Longest template, in characters, and how many of them may stand within `{{ }}` and `{% %}`. */
const longestTemplate = 200_000;
export const longestCode = 10_000;

// They would include files, and there are none.
const fileTags = ['include', 'render', 'layout', 'block'];

/** Finds what a Liquid template needs to be given. Reads no files and renders nothing, so that any text is safe. */
export class TemplateAnalyzer {
  private readonly engine: Liquid;
  private included: PlacedTag[] = [];

  constructor() {
    this.engine = new Liquid({ templates: {}, strictFilters: true, strictVariables: true, ownPropertyOnly: true, parseLimit: longestTemplate });
    for (const tag of fileTags) delete this.engine.tags[tag];
    const found = (tag: PlacedTag) => this.included.push(tag);
    this.engine.registerTag(
      'prompt',
      class extends PromptTag {
        constructor(...parts: ConstructorParameters<typeof PromptTag>) {
          super(...parts);
          const problem = referenceProblem(this.target);
          if (problem) throw new Error(problem);
          found({ reference: toReference(this.target), begin: this.token.begin });
        }
      },
    );
  }

  /** @returns the variables and references in the order in which they first occur, or what is wrong with the template */
  analyze(template: string): TemplateAnalysis {
    if (template.length > longestTemplate) return { problem: `Keep this to ${longestTemplate} characters.` };
    const tooDeep = placeTooDeep(template);
    if (tooDeep !== undefined) return problemAt(placeIn(template, tooDeep), 'this is nested too deep: at most 100 levels');
    try {
      const map = this.codeOf(template);
      if (map.code.length > longestCode) {
        return { problem: `Keep what stands within {{ }} and {% %} to ${longestCode} characters.` };
      }
      const { tags } = this.parse(template);
      const variables = this.variablesOf(map);
      const misnamed = variables.find(({ name }) => variableNameProblem(name) !== undefined);
      if (misnamed) return problemAt(misnamed, `the variable "${misnamed.name}" needs another name: ${variableNameProblem(misnamed.name) ?? ''}`);
      return { variables, references: tags.map(({ reference, begin }) => ({ reference, ...map.placeOf(begin) })), codeLength: map.code.length };
    } catch (error) {
      return problemOf(error);
    }
  }

  /**
   * What a template reads of a variable, each once: names of its properties, and undefined where it takes the whole, or a property by a name that
   * is known only when it is rendered. A template that can't be parsed reads nothing.
   */
  propertiesOf(variable: string, template: string): (string | undefined)[] {
    if (!template.includes(variable)) return [];
    try {
      const { globals } = this.engine.analyzeSync(this.engine.parse(this.codeOf(template).code), { partials: false });
      const uses = globals[variable] ?? [];
      return [...new Set(uses.map(({ segments: [, property] }) => (typeof property === 'string' ? property : undefined)))];
    } catch (error) {
      if (LiquidError.is(error) || error instanceof RangeError) return [];
      throw error;
    }
  }

  private codeOf(template: string): CodeMap {
    const tokens = new Tokenizer(template).readTopLevelTokens(this.engine.options).filter(({ kind }) => kind !== TokenKind.HTML);
    return new CodeMap(template, tokens);
  }

  private parse(template: string): { nodes: Template[]; tags: PlacedTag[] } {
    this.included = [];
    const nodes = this.engine.parse(template);
    const byKey = new Map<string, PlacedTag>();
    for (const tag of this.included) if (!byKey.has(referenceKey(tag.reference))) byKey.set(referenceKey(tag.reference), tag);
    return { nodes, tags: [...byKey.values()] };
  }

  /**
   * Looks at the code alone: Liquid finds the line of each variable by counting from the template's start, so that looking for variables
   * in a long template with many of them would take minutes.
   */
  private variablesOf(map: CodeMap): VariableUse[] {
    const templates = this.engine.parse(map.code);
    const { globals } = this.engine.analyzeSync(templates, { partials: false });
    const looped = loopedPlaces(templates);
    return Object.entries(globals).flatMap(([name, uses]): VariableUse[] => {
      const [first] = uses;
      const needed = uses.map(({ segments, location: { row, col } }) => shapeOf(segments.slice(1), looped.has(`${row} ${col}`)));
      return first ? [{ name, shape: needed.reduce(greaterShape, undefined), ...map.placeOfCode(first.location) }] : [];
    });
  }
}

interface PlacedTag {
  reference: PromptReference;
  begin: number;
}

const analyzer = new TemplateAnalyzer();

const known = new WeakMap<object, PromptReference[]>();

/** What the templates of a content include, each once, in the order in which they do. A template that can't be read includes nothing. */
export function referencesOf({ messages }: Pick<PromptContent, 'messages'>): readonly PromptReference[] {
  const references = known.get(messages) ?? findReferences(messages);
  known.set(messages, references);
  return references;
}

function findReferences(messages: PromptContent['messages']): PromptReference[] {
  const found = new Map<string, PromptReference>();
  for (const { role, content } of messages) {
    // Most templates include nothing, and reading them takes time.
    if (role === 'PLACEHOLDER' || !/\{%-?\s*(?:prompt|liquid)\b/.test(content)) continue;
    const analysis = analyzer.analyze(content);
    if (analysis.problem !== undefined) continue;
    for (const { reference } of analysis.references) found.set(referenceKey(reference), reference);
  }
  return [...found.values()];
}

function problemAt({ line, column }: Place, said: string): TemplateAnalysis {
  return { problem: `Line ${line}, column ${column}: ${said.replace(/\.$/, '')}.`, line, column };
}

function problemOf(error: unknown): TemplateAnalysis {
  if (LiquidError.is(error)) {
    const token: Token = error.token;
    const [line = 1, column = 1] = token.getPosition();
    const reason = (error.originalError?.message ?? error.message).replace(/, line:\d+, col:\d+$/, '');
    return problemAt({ line, column }, reason.startsWith('Maximum call stack') ? 'this is nested too deep' : reason);
  }
  if (error instanceof RangeError) return { problem: 'The template is nested too deep.' };
  throw error;
}
