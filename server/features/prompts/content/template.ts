import { Liquid, LiquidError, Tokenizer, TokenKind } from 'liquidjs';

export type TemplateAnalysis =
  | { variables: string[]; codeLength: number; problem?: undefined }
  /** `line` and `column` count from 1 and are absent where the template as a whole is at fault. */
  | { problem: string; line?: number | undefined; column?: number | undefined };

/** Longest template, in characters, and how many of them may stand within `{{ }}` and `{% %}`. */
const longestTemplate = 200_000;
export const longestCode = 10_000;

const variableName = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;
// They would include other templates, and there are none.
const fileTags = ['include', 'render', 'layout', 'block'];

/** Finds what a Liquid template needs to be given. Reads no files and renders nothing, so that any text is safe. */
export class TemplateAnalyzer {
  private readonly engine: Liquid;

  constructor() {
    this.engine = new Liquid({ templates: {}, strictFilters: true, strictVariables: true, ownPropertyOnly: true, parseLimit: longestTemplate });
    for (const tag of fileTags) delete this.engine.tags[tag];
  }

  /** @returns the names of the variables in the order in which they first occur, or what is wrong with the template */
  analyze(template: string): TemplateAnalysis {
    if (template.length > longestTemplate) return { problem: `Keep this to ${longestTemplate} characters.` };
    try {
      const code = codeOf(template, this.engine);
      if (code.length > longestCode) {
        return { problem: `Keep what stands within {{ }} and {% %} to ${longestCode} characters.` };
      }
      this.engine.parse(template);
      const variables = this.engine.globalVariablesSync(code);
      const misnamed = variables.find((name) => !variableName.test(name));
      if (misnamed === undefined) return { variables, codeLength: code.length };
      return { problem: `The variable "${misnamed}" needs another name: letters, digits and _, a letter first, at most 50 characters.` };
    } catch (error) {
      return problemOf(error);
    }
  }
}

/**
 * A template's tags and outputs without the text between them. Liquid finds the line of each variable by counting from the template's start,
 * so that looking for variables in a long template with many of them would take minutes.
 */
function codeOf(template: string, engine: Liquid): string {
  const tokens = new Tokenizer(template).readTopLevelTokens(engine.options);
  return tokens
    .filter(({ kind }) => kind !== TokenKind.HTML)
    .map((token) => token.getText())
    .join('');
}

function problemOf(error: unknown): TemplateAnalysis {
  if (LiquidError.is(error)) {
    const [line, column] = error.token.getPosition();
    const reason = (error.originalError?.message ?? error.message).replace(/, line:\d+, col:\d+$/, '');
    const said = reason.startsWith('Maximum call stack') ? 'this is nested too deep' : reason;
    return { problem: `Line ${line}, column ${column}: ${said}.`, line, column };
  }
  if (error instanceof RangeError) return { problem: 'The template is nested too deep.' };
  throw error;
}
