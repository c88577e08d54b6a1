import { parseTemplate } from './template-parser';
import { variableNameProblem } from './variable-name';

/**
 * The template with each use of one variable under another name. Text, strings, and names that the template gives values to itself, such as
 * those of its loops, stay. `to` must be free: see `renameProblem`.
 */
export function renameVariable(template: string, from: string, to: string): string {
  const uses = parseTemplate(template).uses.filter(({ name }) => name === from);
  return uses.reduceRight((text, use) => text.slice(0, use.from) + to + text.slice(use.to), template);
}

/** Why a variable of these templates can't be renamed so, or undefined where it can. `others` are the names of the other variables. */
export function renameProblem(to: string, templates: readonly string[], others: readonly string[]): string | undefined {
  const problem = variableNameProblem(to);
  if (problem) return problem;
  if (others.includes(to)) return `There is already a variable “${to}”.`;
  if (templates.some((template) => parseTemplate(template).ownNames.includes(to))) return `A template uses “${to}” for a value of its own.`;
  return undefined;
}
