import type { isWithinCode, parseTemplate } from './template-parser';
import type { renameProblem, renameVariable } from './template-rename';

export type { ParsedTemplate, TemplateReference } from './template-parser';
export type { TemplateProblem } from './template-problem';

interface TemplateTools {
  parseTemplate: typeof parseTemplate;
  isWithinCode: typeof isWithinCode;
  renameProblem: typeof renameProblem;
  renameVariable: typeof renameVariable;
}

let tools: Promise<TemplateTools> | undefined;

/** What reads templates. Loaded when a first one is read: lists and settings never need it. */
export function loadTemplateTools(): Promise<TemplateTools> {
  return (tools ??= Promise.all([import('./template-parser'), import('./template-rename')]).then(([parser, rename]) => ({ ...parser, ...rename })));
}
