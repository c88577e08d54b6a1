import { type PromptContent } from '../prompts/content/content.js';
import { type PromptReference, referenceKey, targetOf, toReference } from '../prompts/content/reference.js';
import { type ReferencePin, type ReferencePins } from '../prompts/content/reference-resolver.js';
import { referencesOf } from '../prompts/content/template.js';
import { type PromptsService } from '../prompts/prompt.service.js';
import { type PinnedReference } from './execution.types.js';

/** What a content includes, nested prompts too, as a lockfile has it. */
export function pinsIncludedBy(content: Pick<PromptContent, 'messages'>, pins: ReferencePins): PinnedReference[] {
  const found = new Map<string, PinnedReference>();
  const waiting: PromptReference[] = [...referencesOf(content)];
  for (let reference = waiting.shift(); reference; reference = waiting.shift()) {
    const key = referenceKey(reference);
    const pin = pins.get(key);
    if (!pin || found.has(key)) continue;
    found.set(key, { ...targetOf(reference), promptVersionId: pin.version.id, promptVersion: pin.version.version });
    waiting.push(...referencesOf(pin.version));
  }
  return [...found.values()];
}

/** Versions stay for ever, unless their prompt is deleted. */
export class PinnedPromptGoneError extends Error {
  override readonly name = 'PinnedPromptGoneError';
  constructor(what: string) {
    super(`${what}, which this run was to use, has been deleted with its prompt. Choose another prompt in the workflow and start it again.`);
  }
}

/** The versions that a lockfile pins. @throws PinnedPromptGoneError */
export async function readPins(prompts: PromptsService, workspaceId: string, pinned: readonly PinnedReference[]): Promise<ReferencePins> {
  if (pinned.length === 0) return new Map();
  const versions = await prompts.versionsByIds(
    workspaceId,
    pinned.map(({ promptVersionId }) => promptVersionId),
  );
  return new Map(
    pinned.map((entry): [string, ReferencePin] => {
      const version = versions.get(entry.promptVersionId);
      if (!version) throw new PinnedPromptGoneError(`Version ${entry.promptVersion} of ${entry.path}`);
      const reference = toReference(entry);
      return [referenceKey(reference), { reference, version }];
    }),
  );
}
