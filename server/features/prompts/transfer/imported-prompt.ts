import { type ModelSettings, type PromptContent, type PromptKind, type PromptMessage, type PromptTool } from '../content/content.js';

/** One version of a prompt that another product exported, in our words. Variables follow from the templates. */
export interface ForeignVersion {
  /** What the other product calls it, to say what could not be imported. */
  was: string;
  message: string;
  author?: string | undefined;
  createdAt?: Date | undefined;
  labels: string[];
  messages: Omit<PromptMessage, 'id'>[];
  settings: Partial<ModelSettings>;
  tools: PromptTool[];
  outputSchema?: PromptContent['outputSchema'];
}

/** A prompt that another product exported, oldest version first. */
export interface ForeignPrompt {
  name: string;
  /** Undefined: made from the name. */
  path?: string | undefined;
  description: string;
  kind: PromptKind;
  tags: string[];
  versions: ForeignVersion[];
}

/** Something that could not be taken over; `prompt` is its name in the document. */
export interface ImportProblem {
  prompt: string;
  message: string;
  /** Of a prompt that is imported, and includes one that is not here: the path of that one. */
  missingPath?: string;
}

export interface ForeignDocument {
  prompts: ForeignPrompt[];
  problems: ImportProblem[];
}

const output = /\{\{\s*([^{}]*?)\s*\}\}/g;
const plainName = /^[a-zA-Z][a-zA-Z0-9_]{0,49}$/;

/**
 * A template of a product that knows `{{ name }}` and nothing else, as Liquid: names that Liquid can't spell are respelt, and what Liquid would
 * take for code is kept as text.
 * @param respelt is told each name that had to change
 */
export function templateFromMustache(template: string, respelt: (from: string, to: string) => void): string {
  const pieces: string[] = [];
  let end = 0;
  for (const found of template.matchAll(output)) {
    const [text, name = ''] = found;
    const variable = variableNameOf(name);
    if (variable === undefined) continue;
    pieces.push(literal(template.slice(end, found.index)), `{{ ${variable} }}`);
    if (variable !== name) respelt(name, variable);
    end = found.index + text.length;
  }
  pieces.push(literal(template.slice(end)));
  return pieces.join('');
}

/** A name that templates can spell, as near to the given one as can be; undefined where nothing is left of it. */
export function variableNameOf(name: string): string | undefined {
  if (plainName.test(name)) return name;
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-zA-Z0-9]+/g, '_')
    .replace(/^[^a-zA-Z]+|_+$/g, '')
    .slice(0, 50);
  return plain || undefined;
}

function literal(text: string): string {
  if (!/\{[{%]/.test(text)) return text;
  // `endraw` within the text would end it early.
  return text
    .split(/(\{%-?\s*endraw\s*-?%\})/)
    .map((part, index) => (index % 2 === 1 ? `{{ ${JSON.stringify(part)} }}` : part === '' ? '' : `{% raw %}${part}{% endraw %}`))
    .join('');
}
