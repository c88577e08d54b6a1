import { type PromptTarget, targetKey } from '../../../sandbox/prompt-tag.js';
import { isLabelOrBranchName, nameRule } from '../label-or-branch-name.js';
import { isPath, pathRule } from '../path.js';

export { defaultLabel } from '../../../sandbox/prompt-tag.js';

/** Another prompt that is asked for by its path, and which of its versions. Exactly one of label, version and branch. */
export type PromptReference = { path: string } & (
  | { label: string; version?: undefined; branch?: undefined }
  | { version: string; label?: undefined; branch?: undefined }
  | { branch: string; label?: undefined; version?: undefined }
);

export type ReferenceKind = PromptTarget['kind'];

const numberPattern = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** Whether this is written as a version's number is: `1.2.0`. */
export function isVersionNumber(text: string): boolean {
  return numberPattern.test(text);
}

/** Which of the three a reference names, and what it says. */
export function targetOf(reference: PromptReference): PromptTarget {
  const { path } = reference;
  if (reference.label !== undefined) return { path, kind: 'label', at: reference.label };
  if (reference.version !== undefined) return { path, kind: 'version', at: reference.version };
  return { path, kind: 'branch', at: reference.branch };
}

export function toReference({ path, kind, at }: PromptTarget): PromptReference {
  if (kind === 'label') return { path, label: at };
  return kind === 'version' ? { path, version: at } : { path, branch: at };
}

/** The same for two references that name the same thing: what pins are kept by. */
export function referenceKey(reference: PromptReference): string {
  return targetKey(targetOf(reference));
}

/** A reference in words: `shared/tone, label: "staging"`. */
export function describeReference(reference: PromptReference): string {
  const { path, kind, at } = targetOf(reference);
  return `${path}, ${kind}: "${at}"`;
}

/** @returns what is wrong with a reference, whether or not there is such a prompt */
export function referenceProblem({ path, kind, at }: PromptTarget): string | undefined {
  if (!isPath(path)) return `"${path}" is no path of a prompt. ${pathRule}`;
  if (kind === 'version') return isVersionNumber(at) ? undefined : `"${at}" is no version number. Write one such as 1.2.0.`;
  if (kind === 'label' && isVersionNumber(at)) return `"${at}" is a version number: write version: "${at}".`;
  return isLabelOrBranchName(at) ? undefined : `"${at}" is no name of a ${kind}. ${nameRule}`;
}
