import * as z from 'zod/mini';
import { problemOf } from '../../../api/api-errors';

/** What would break: prompts that include the one in question, and workflow steps that run it. */
export interface BrokenUses {
  dependents: readonly { path: string; version: string; reference: string }[];
  workflows: readonly { name: string; stepName: string }[];
}

const uses = z.object({
  dependents: z._default(z.array(z.object({ path: z.string(), version: z.string(), reference: z.string() })), []),
  workflows: z._default(z.array(z.object({ name: z.string(), stepName: z.string() })), []),
});

/** Read from the refusal of a change or a deletion; undefined where it was refused for something else. */
export function brokenUsesOf(error: unknown): BrokenUses | undefined {
  const { code, conflict } = problemOf(error);
  return code === 'CONFLICT' ? uses.safeParse(conflict).data : undefined;
}
