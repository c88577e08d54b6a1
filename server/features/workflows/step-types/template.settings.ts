import { z } from 'zod';
import { exactText } from '../../../input.js';
import { TemplateAnalyzer } from '../../prompts/content/template.js';

const analyzer = new TemplateAnalyzer();

/** Liquid; `templateProblem` says whether it can be parsed. */
export const templateSchema = z.string('Write a Liquid template.').pipe(exactText());

/** @returns what keeps a step with these inputs from rendering the template; undefined where nothing does */
export function templateProblem(template: string, inputNames: readonly string[]): string | undefined {
  const found = analyzer.analyze(template);
  if (found.problem !== undefined) return found.line === undefined ? found.problem : `Line ${found.line}, column ${found.column ?? 1}: ${found.problem}`;
  if (found.references.length > 0) return 'Only prompts can include prompts. Give the text as an input.';
  const unknown = found.variables.filter(({ name }) => !inputNames.includes(name)).map(({ name }) => `"${name}"`);
  return unknown.length > 0 ? `The step has no input named ${unknown.slice(0, 10).join(', ')}. Add it, or take it out of the template.` : undefined;
}
