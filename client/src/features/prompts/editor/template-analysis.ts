export interface TemplateProblem {
  message: string;
  /** Counted from 1. */
  line: number;
  column: number;
  /** Offsets in the template. */
  from: number;
  to: number;
}

export interface TemplateAnalysis {
  variables: string[];
  problem?: TemplateProblem;
}

type Analyse = (template: string) => string[];

let analyser: Promise<Analyse> | undefined;

/** The variables that a template asks its callers for, in the order in which they occur, or where its syntax breaks. */
export async function analyseTemplate(template: string): Promise<TemplateAnalysis> {
  const analyse = await (analyser ??= loadAnalyser());
  try {
    return { variables: analyse(template) };
  } catch (error) {
    return { variables: [], problem: problemOf(error, template) };
  }
}

// Loaded when a first template is analysed: lists and settings never need it.
async function loadAnalyser(): Promise<Analyse> {
  const { Liquid, Tokenizer, TokenKind } = await import('liquidjs');
  const liquid = new Liquid({ templates: {}, strictFilters: true });
  for (const tag of ['include', 'render', 'layout', 'block']) delete liquid.tags[tag];
  return (template) => {
    liquid.parse(template);
    // Liquid counts lines from the start for every variable that it finds, which takes long in a long text.
    const tokens = new Tokenizer(template).readTopLevelTokens(liquid.options);
    const code = tokens.filter(({ kind }) => kind !== TokenKind.HTML).map((token) => token.getText()).join('');
    return liquid.globalVariablesSync(code);
  };
}

function problemOf(error: unknown, template: string): TemplateProblem {
  const text = error instanceof Error ? error.message : 'The template could not be read.';
  const [, message = text, line = '1', column = '1'] = /^(.*?), line:(\d+), col:(\d+)/s.exec(text) ?? [];
  const from = offsetOf(template, Number(line), Number(column));
  const lineEnd = template.indexOf('\n', from);
  const to = Math.max(from, Math.min(lineEnd === -1 ? template.length : lineEnd, from + 80));
  return { message: sentence(message), line: Number(line), column: Number(column), from, to };
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;

function offsetOf(template: string, line: number, column: number): number {
  const before = template.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, each) => sum + each.length + 1, 0);
  return Math.min(template.length, start + column - 1);
}
