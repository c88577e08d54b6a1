import { ConflictError } from '../../../errors.js';
import { type DependentRecord } from '../dependents/dependent.store.js';
import { type PromptUse } from './prompt-uses.js';

export interface BrokenUses {
  dependents: readonly DependentRecord[];
  workflows: readonly PromptUse[];
}

const mostNamed = 5;

/**
 * Why something is not done that would break others.
 * @param deed what was asked for, such as `Deleting shared/tone`
 * @returns undefined where nothing would break
 */
export function brokenUsesConflict(deed: string, { dependents, workflows }: BrokenUses): ConflictError | undefined {
  const prompts = [...new Set(dependents.map(({ path }) => path))];
  const steps = workflows.map(({ workflow, step }) => `${step} in ${workflow}`);
  const broken = [...named('prompt', 'prompts', prompts), ...named('workflow step', 'workflow steps', steps)];
  if (broken.length === 0) return undefined;
  return new ConflictError(`${deed} would break ${broken.join(' and ')}. Change what refers to it first, or ask again and accept that.`, {
    dependents: dependents.map(({ path, version, reference }) => ({ path, version, reference })),
    workflows: workflows.map(({ workflow, step }) => ({ name: workflow, stepName: step })),
  });
}

function named(one: string, many: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const more = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : '';
  return [`the ${names.length === 1 ? one : many} ${names.slice(0, mostNamed).join(', ')}${more}`];
}
