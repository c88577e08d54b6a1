import { type PromptContent } from '../content/content.js';
import { Arbiter, type MergeConflict, type MergeResolution } from './merge-conflict.js';
import { mergeItems, mergeOutputSchema, mergeSettings, mergeTool, mergeVariable } from './merge-items.js';
import { mergeMessages } from './merge-messages.js';

export interface MergeResult {
  /** Where a conflict is not resolved, as OURS has it. */
  content: PromptContent;
  /** All, resolved ones too. */
  conflicts: MergeConflict[];
  /** Ids of those that nothing was decided on. */
  unresolved: string[];
  /** What is wrong with values that were given as CUSTOM; OURS stands in their place. */
  problems: { conflictId: string; message: string }[];
}

/**
 * Merges two contents that were made from one, part by part, each known by its id, name or path. What one side changed is taken; what both changed in the
 * same way is taken once; what both changed differently, or one changed and the other removed, is a conflict. A message that one side only moved and the
 * other removed is gone, for a place means nothing without it. Resolutions of conflicts that there are none of are ignored.
 */
export function mergeContents(base: PromptContent, ours: PromptContent, theirs: PromptContent, resolutions: readonly MergeResolution[] = []): MergeResult {
  const arbiter = new Arbiter(resolutions);
  const [one, other] = [ours, theirs].map((side) => sameMessage(base, side));
  if (!one || !other) throw new Error('A merge has two sides.');
  const content: PromptContent = {
    kind: ours.kind,
    messages: mergeMessages(base, one, other, arbiter),
    variables: mergeItems({ base: base.variables, ours: one.variables, theirs: other.variables }, (name, three) => mergeVariable(name, three, arbiter)),
    settings: mergeSettings(base.settings, one.settings, other.settings, arbiter),
    tools: mergeItems({ base: base.tools, ours: one.tools, theirs: other.tools }, (name, three) => mergeTool(name, three, arbiter)),
  };
  const outputSchema = mergeOutputSchema(base.outputSchema, one.outputSchema, other.outputSchema, arbiter);
  if (outputSchema) content.outputSchema = outputSchema;
  const { conflicts, unresolved, problems } = arbiter;
  return { content, conflicts, unresolved, problems };
}

/** The one message of a text prompt is the same message whatever its id. */
function sameMessage(base: PromptContent, side: PromptContent): PromptContent {
  const [first] = base.messages;
  if (side.kind !== 'TEXT' || side.messages.length !== 1 || !first) return side;
  return { ...side, messages: side.messages.map((message) => ({ ...message, id: first.id })) };
}
