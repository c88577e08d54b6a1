import * as z from 'zod/mini';
import { problemOf } from '../../../../api/api-errors';
import type { PromptUsesQuery } from '../../../../gql/graphql';

/** What would break: prompts that include the one in question, and workflow steps that run it. */
export interface BrokenUses {
  dependents: readonly { path: string; version: string; reference: string }[];
  workflows: readonly { name: string; stepName: string }[];
}

const reference = z.object({
  path: z.string(),
  label: z.optional(z.nullable(z.string())),
  version: z.optional(z.nullable(z.string())),
  branch: z.optional(z.nullable(z.string())),
});
const uses = z.object({
  dependents: z._default(z.array(z.object({ path: z.string(), version: z.string(), reference: z.union([z.string(), reference]) })), []),
  workflows: z._default(z.array(z.object({ name: z.string(), stepName: z.string() })), []),
});

/** Read from the refusal of a change or a deletion; undefined where it was refused for something else. */
export function brokenUsesOf(error: unknown): BrokenUses | undefined {
  const { code, conflict } = problemOf(error);
  const parsed = code === 'CONFLICT' ? uses.safeParse(conflict).data : undefined;
  return parsed && { workflows: parsed.workflows, dependents: parsed.dependents.map((each) => ({ ...each, reference: inWords(each.reference) })) };
}

/** The same, asked for beforehand. */
export function usesOfPrompt({ dependents, usedBy }: PromptUsesQuery['prompt']): BrokenUses {
  return {
    dependents: dependents.map(({ prompt, version, reference: written }) => ({ path: prompt.path, version: version.version, reference: inWords(written) })),
    workflows: usedBy.map(({ workflow, stepName }) => ({ name: workflow.name, stepName })),
  };
}

export const isBroken = ({ dependents, workflows }: BrokenUses): boolean => dependents.length + workflows.length > 0;

/** As it is written in a template. */
function inWords(written: string | z.infer<typeof reference>): string {
  if (typeof written === 'string') return written;
  const { path, label, version, branch } = written;
  const at = version ? `, version: "${version}"` : branch ? `, branch: "${branch}"` : label && label !== 'production' ? `, label: "${label}"` : '';
  return `{% prompt "${path}"${at} %}`;
}
