import { describeReference, isVersionNumber, type PromptReference } from './reference.js';
import { type VersionFinderStore } from './version-finder.store.js';
import { type PromptVersionRecord } from './version-row.js';

/** Finds versions as callers and other prompts name them: by path at a label, a version's number or a branch. */
export class VersionFinder {
  constructor(private readonly store: VersionFinderStore) {}

  /** The version of each, in the same order, or undefined. One statement however many; the cheapest for a single one. */
  async find(workspaceId: string, references: readonly PromptReference[]): Promise<(PromptVersionRecord | undefined)[]> {
    const asked = references.filter(canExist);
    const found = await this.store.find(workspaceId, asked);
    const versions = new Map(asked.map((reference, index) => [reference, found[index]]));
    return references.map((reference) => versions.get(reference));
  }

  /** Says what is missing where `find` found nothing, and what there is instead. */
  async whyMissing(workspaceId: string, reference: PromptReference): Promise<string> {
    const choices = canExist(reference) ? await this.store.choices(workspaceId, reference.path) : undefined;
    if (!choices) return `There is no prompt at ${reference.path} in this workspace.`;
    if (reference.version !== undefined) return `The prompt ${reference.path} has no version ${reference.version}.`;
    const [kind, name, names] = reference.label !== undefined ? (['label', reference.label, choices.labels] as const) : (['branch', reference.branch, choices.branches] as const);
    const has = names.length > 0 ? `It has ${names.slice(0, 10).join(', ')}${names.length > 10 ? ', …' : ''}.` : `It has no ${kind} yet.`;
    return `The prompt ${reference.path} has no ${kind} "${name}". ${has}`;
  }
}

/** PostgreSQL refuses text that nothing there can be called. */
function canExist(reference: PromptReference): boolean {
  if (reference.version !== undefined && !isVersionNumber(reference.version)) return false;
  const text = describeReference(reference);
  return text.isWellFormed() && !text.includes('\0');
}
