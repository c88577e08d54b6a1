import { problemAt } from '../template/template-problem';
import type { DraftAnalysis } from '../template/use-template-analysis';
import { referenceKey } from './reference-tag';
import type { IncludedPrompt } from './use-included-prompts';

/** What is known of templates, with a problem at each reference that leads nowhere. */
export function withReferenceProblems(analysis: DraftAnalysis, contents: ReadonlyMap<string, string>, included: readonly IncludedPrompt[]): DraftAnalysis {
  const problems = new Map(included.flatMap(({ target, problem }) => (problem ? [[referenceKey(target), problem] as const] : [])));
  if (problems.size === 0) return analysis;
  return new Map([...analysis].map(([key, parsed]) => {
    const found = parsed.references.flatMap((reference) => {
      const problem = problems.get(referenceKey(reference));
      return problem ? [problemAt(contents.get(key) ?? '', reference.from, reference.to, problem)] : [];
    });
    return [key, found.length > 0 ? { ...parsed, problems: [...parsed.problems, ...found].toSorted((one, other) => one.from - other.from) } : parsed];
  }));
}
