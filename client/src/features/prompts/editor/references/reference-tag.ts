import type { TemplateReference } from '../template/template-analysis';

/** Another prompt, and which of its versions. Without any of the three: the one that is labelled production. */
export type PromptTarget = Omit<TemplateReference, 'from' | 'to'>;

export const defaultLabel = 'production';

/** The tag that includes it. */
export function referenceTag({ path, label, version, branch }: PromptTarget): string {
  const target = label !== undefined ? `, label: "${label}"` : version !== undefined ? `, version: "${version}"` : branch !== undefined ? `, branch: "${branch}"` : '';
  return `{% prompt "${path}"${target} %}`;
}

/** `label production`, `version 1.2.0`, `branch draft` */
export function targetInWords({ label, version, branch }: PromptTarget): string {
  if (version !== undefined) return `version ${version}`;
  return branch !== undefined ? `branch ${branch}` : `label ${label ?? defaultLabel}`;
}

/** The same for two references to the same thing. */
export const referenceKey = (target: PromptTarget): string => `${target.path} at ${targetInWords(target)}`;
