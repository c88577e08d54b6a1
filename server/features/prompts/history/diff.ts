import { hashOfContent, type PromptContent, type PromptMessage } from '../content/content.js';
import { movedBetween } from './alignment.js';
import { bumpOf, type ContractChange, contractChanges, type VersionBump } from './contract.js';
import { type DiffChange, type FieldDiff, fieldDiffs, type ItemDiff, itemDiffs } from './item-diff.js';
import { diffLines, type LineDiff, linesOfOneSide } from './line-diff.js';

export interface MessageDiff {
  id: string;
  /** MOVED: only its place differs. CHANGED: text or role, perhaps its place too. */
  change: DiffChange;
  /** Counted from 1; null where it is absent. */
  placeBefore: number | null;
  placeAfter: number | null;
  roleBefore: PromptMessage['role'] | null;
  roleAfter: PromptMessage['role'] | null;
  lines: LineDiff[];
}

export interface PromptDiff {
  /** Whether whoever reads or runs them can't tell the contents apart. */
  identical: boolean;
  bump: VersionBump;
  contract: ContractChange[];
  /** Every message, in the order that it is in after the change; one that was removed follows what it followed. */
  messages: MessageDiff[];
  /** Those that differ. */
  variables: ItemDiff[];
  tools: ItemDiff[];
  settings: FieldDiff[];
  outputSchema: FieldDiff[];
}

interface Pair {
  id: string;
  before?: { place: number; message: PromptMessage } | undefined;
  after?: { place: number; message: PromptMessage } | undefined;
}

/** How a content became another: part by part, each known by its id or name. */
export function diffContents(before: PromptContent, after: PromptContent): PromptDiff {
  const identical = hashOfContent(before) === hashOfContent(after);
  const contract = contractChanges(before, after);
  return {
    identical,
    bump: bumpOf(contract),
    contract,
    messages: messageDiffs(identical ? pairByPlace(before.messages, after.messages) : pairById(before.messages, after.messages)),
    variables: itemDiffs(before.variables, after.variables),
    tools: itemDiffs(before.tools, after.tools),
    settings: fieldDiffs(before.settings, after.settings),
    outputSchema: fieldDiffs(before.outputSchema, after.outputSchema),
  };
}

/** The same messages may have other ids, where they were written anew. */
function pairByPlace(before: readonly PromptMessage[], after: readonly PromptMessage[]): Pair[] {
  return after.map((message, index) => ({ id: message.id, before: { place: index + 1, message: before[index] ?? message }, after: { place: index + 1, message } }));
}

function pairById(before: readonly PromptMessage[], after: readonly PromptMessage[]): Pair[] {
  const places = new Map(before.map((message, index) => [message.id, { place: index + 1, message }]));
  const pairs = after.map((message, index): Pair => ({ id: message.id, before: places.get(message.id), after: { place: index + 1, message } }));
  const stays = new Set(after.map(({ id }) => id));
  for (const [index, message] of before.entries()) {
    if (stays.has(message.id)) continue;
    const follows = before[index - 1]?.id;
    pairs.splice(pairs.findIndex(({ id }) => id === follows) + 1, 0, { id: message.id, before: places.get(message.id) });
  }
  return pairs;
}

function messageDiffs(pairs: readonly Pair[]): MessageDiff[] {
  const moved = movedOf(pairs);
  return pairs.map(({ id, before, after }) => ({
    id,
    ...changeOf(before?.message, after?.message, moved.has(id)),
    placeBefore: before?.place ?? null,
    placeAfter: after?.place ?? null,
    roleBefore: before?.message.role ?? null,
    roleAfter: after?.message.role ?? null,
  }));
}

function changeOf(before: PromptMessage | undefined, after: PromptMessage | undefined, moved: boolean): Pick<MessageDiff, 'change' | 'lines'> {
  if (!before) return { change: 'ADDED', lines: linesOfOneSide('ADDED', after?.content ?? '') };
  if (!after) return { change: 'REMOVED', lines: linesOfOneSide('REMOVED', before.content) };
  const same = before.role === after.role && before.content === after.content;
  return { change: !same ? 'CHANGED' : moved ? 'MOVED' : 'UNCHANGED', lines: diffLines(before.content, after.content) };
}

function movedOf(pairs: readonly Pair[]): Set<string> {
  const both = pairs.flatMap(({ id, before, after }) => (before && after ? [{ id, before: before.place, after: after.place }] : []));
  return movedBetween(
    [...both].sort((one, other) => one.before - other.before).map(({ id }) => id),
    [...both].sort((one, other) => one.after - other.after).map(({ id }) => id),
  );
}
