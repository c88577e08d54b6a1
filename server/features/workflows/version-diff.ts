import { isDeepStrictEqual } from 'node:util';
import { type FieldDiff } from '../../../schema/prompt-diff.js';
import { type StepDiff, type WorkflowVersionDiff } from '../../../schema/workflow-diff.js';
import { type StepDefinition, type WorkflowDefinition } from './definition.js';

/** How one definition differs from another, part by part. */
export function diffDefinitions(before: WorkflowDefinition, after: WorkflowDefinition): WorkflowVersionDiff {
  const { inputs: inputsBefore, steps: stepsBefore, ...settingsBefore } = before;
  const { inputs: inputsAfter, steps: stepsAfter, ...settingsAfter } = after;
  return {
    steps: diffSteps(stepsBefore, stepsAfter),
    inputs: diffValues(inputsBefore, inputsAfter, ''),
    settings: diffValues(settingsBefore, settingsAfter, ''),
  };
}

function diffSteps(before: readonly StepDefinition[], after: readonly StepDefinition[]): StepDiff[] {
  const old = new Map(before.map((step) => [step.key, step]));
  const kept = new Set(after.filter(({ key }) => old.has(key)).map(({ key }) => key));
  const moved = movedKeys(before.map(({ key }) => key).filter((key) => kept.has(key)), [...kept]);
  const changes = after.map((step): StepDiff => {
    const { key, name } = step;
    const earlier = old.get(key);
    const fields = diffValues(contentOf(earlier), contentOf(step), '');
    if (!earlier) return { key, name, change: 'ADDED', fields, moved: false };
    const change = fields.length > 0 ? 'CHANGED' : moved.has(key) ? 'MOVED' : 'UNCHANGED';
    return { key, name, change, fields, moved: moved.has(key) };
  });
  const removed = before
    .filter(({ key }) => !kept.has(key))
    .map((step): StepDiff => ({ key: step.key, name: step.name, change: 'REMOVED', fields: diffValues(contentOf(step), undefined, ''), moved: false }));
  return [...changes.filter(({ change }) => change !== 'UNCHANGED'), ...removed];
}

function contentOf(step: StepDefinition | undefined): unknown {
  if (!step) return undefined;
  const { key: _, ...content } = step;
  return content;
}

/** The fewest steps that must have moved for one order to become the other: all that are not on the longest run which both have in common. */
function movedKeys(before: readonly string[], after: readonly string[]): Set<string> {
  const place = new Map(before.map((key, index) => [key, index]));
  const best: { length: number; from: number }[] = [];
  after.forEach((key, index) => {
    const own = { length: 1, from: -1 };
    for (let earlier = 0; earlier < index; earlier++) {
      const length = (best[earlier]?.length ?? 0) + 1;
      const fits = (place.get(after[earlier] ?? '') ?? 0) < (place.get(key) ?? 0);
      if (fits && length > own.length) Object.assign(own, { length, from: earlier });
    }
    best.push(own);
  });
  const moved = new Set(after);
  let at = best.reduce((longest, { length }, index) => (length > (best[longest]?.length ?? 0) ? index : longest), 0);
  for (let key = after[at]; key !== undefined; key = after[at]) {
    moved.delete(key);
    at = best[at]?.from ?? -1;
  }
  return moved;
}

function diffValues(before: unknown, after: unknown, path: string): FieldDiff[] {
  if (isDeepStrictEqual(before, after)) return [];
  const [partsBefore, partsAfter] = [partsOf(before), partsOf(after)];
  // A whole step or list that is new, or gone, is told part by part.
  const none = new Map<string, unknown>();
  const left = partsBefore ?? (before === undefined ? none : undefined);
  const right = partsAfter ?? (after === undefined ? none : undefined);
  const apart = left && right && (path === '' || (partsBefore && partsAfter));
  if (!apart) return [{ field: path, change: before === undefined ? 'ADDED' : after === undefined ? 'REMOVED' : 'CHANGED', before: before ?? null, after: after ?? null }];
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => diffValues(left.get(name), right.get(name), path === '' ? name : `${path}.${name}`));
}

/** Of an object its properties; of a list whose members have names, those by their names. */
function partsOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const named = value.map((member: unknown): [string | undefined, unknown] => [nameOf(member), member]);
  const names = new Set(named.map(([name]) => name));
  if (names.has(undefined) || names.size < named.length) return undefined;
  return new Map(named.map(([name = '', member]) => [name, member]));
}

function nameOf(member: unknown): string | undefined {
  if (typeof member !== 'object' || member === null || !('name' in member)) return undefined;
  return typeof member.name === 'string' ? member.name : undefined;
}
