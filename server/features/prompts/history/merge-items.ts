import { type PromptVariable, promptContentSchema } from '../content/content.js';
import { plainValueProblem } from '../content/values.js';
import { formatPath, isJsonObject, type JsonObject, type JsonPath, keysOf, sameJson, valueAt } from './json-difference.js';
import { type Arbiter, bySchema, bySchemaOrNothing, type MergeConflictKind, type ReadValue } from './merge-conflict.js';
import { mergeJson, mergeSet, mergeValue, type Three } from './merge-json.js';
import { mergeOrder } from './merge-order.js';

const { variables: variableList, tools: toolList, settings: settingsSchema, outputSchema: schemaSchema } = promptContentSchema.shape;
const variableSchema = variableList.element;
const toolSchema = toolList.unwrap().element;

interface Named {
  name: string;
}

interface ThreeItems<Item> {
  base: Item | undefined;
  ours: Item | undefined;
  theirs: Item | undefined;
}

/** Merges lists of items that are known by their names. Where their orders contradict each other, which changes nothing but how they are listed, it is that of OURS. */
export function mergeItems<Item extends Named>(lists: { base: readonly Item[]; ours: readonly Item[]; theirs: readonly Item[] }, mergeItem: (name: string, three: ThreeItems<Item>) => Item | undefined): Item[] {
  const [base, ours, theirs] = [lists.base, lists.ours, lists.theirs].map((items) => new Map(items.map((item) => [item.name, item])));
  const merged = new Map<string, Item>();
  for (const name of new Set([...lists.ours, ...lists.theirs].map((item) => item.name))) {
    const item = mergeItem(name, { base: base?.get(name), ours: ours?.get(name), theirs: theirs?.get(name) });
    if (item) merged.set(name, item);
  }
  const namesOf = (items: readonly Item[]) => items.map(({ name }) => name);
  const order = mergeOrder({ base: namesOf(lists.base), ours: namesOf(lists.ours), theirs: namesOf(lists.theirs) }, new Set(merged.keys()), (orders) => orders.ours);
  return order.flatMap((name) => merged.get(name) ?? []);
}

/** Fields that must fit one another: a default within the limits, limits that the type has. */
const shape = new Set(['type', 'defaultValue', 'sample', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'allowedValues']);

/** A variable's fields are merged one by one, unless what comes of it would not fit together: then the variable as a whole is a conflict. */
export function mergeVariable(name: string, three: ThreeItems<PromptVariable>, arbiter: Arbiter): PromptVariable | undefined {
  const merged = mergeWhole(three);
  if (merged) return merged.item;
  const { base, ours, theirs } = three;
  const target = `Variable ${name}`;
  if (!base || !ours || !theirs || !fits(base, ours, theirs)) {
    const named = bySchemaOrNothing(variableSchema.refine((variable) => variable.name === name, `Keep the name ${name}.`));
    return arbiter.settle({ id: `variables/${name}`, kind: 'VARIABLE', target }, three, named);
  }
  const fields = mergeFields(base, ours, theirs, (field, sides) => {
    const read = readField(field, (value) => bySchema(variableSchema)({ ...ours, [field]: value ?? undefined }));
    return arbiter.settle({ id: `variables/${name}/${field}`, kind: 'VARIABLE', target: `${target}: ${field}` }, sides, read);
  });
  return variableSchema.parse(fields);
}

export function mergeTool(name: string, three: ThreeItems<Tool>, arbiter: Arbiter): Tool | undefined {
  const merged = mergeWhole(three);
  if (merged) return merged.item;
  const { base, ours, theirs } = three;
  const kind = 'TOOL';
  const target = `Tool ${name}`;
  if (!base || !ours || !theirs) {
    return arbiter.settle({ id: `tools/${name}`, kind, target }, three, bySchemaOrNothing(toolSchema.refine((tool) => tool.name === name, `Keep the name ${name}.`)));
  }
  const fields = mergeJson(three, [], (path, sides) => settleJson(path, sides, { id: `tools/${name}`, kind, target }, arbiter));
  return toolSchema.parse(fields);
}

type Tool = ReturnType<typeof toolSchema.parse>;
type Settings = ReturnType<typeof settingsSchema.parse>;
type OutputSchema = ReturnType<typeof schemaSchema.parse>;

export function mergeSettings(base: Settings, ours: Settings, theirs: Settings, arbiter: Arbiter): Settings {
  const fields = mergeFields(base, ours, theirs, (field, sides) => {
    const read = readField(field, (value) => bySchema(settingsSchema)({ ...ours, [field]: value }));
    return arbiter.settle({ id: `settings/${field}`, kind: 'SETTING', target: `Setting ${field}` }, sides, read);
  });
  return settingsSchema.parse(fields);
}

export function mergeOutputSchema(base: OutputSchema, ours: OutputSchema, theirs: OutputSchema, arbiter: Arbiter): OutputSchema {
  const merged = mergeJson({ base, ours, theirs }, [], (path, sides) => settleJson(path, sides, { id: 'outputSchema', kind: 'OUTPUT_SCHEMA', target: 'Output schema' }, arbiter));
  return schemaSchema.parse(merged);
}

function settleJson(path: JsonPath, sides: Three, { id, kind, target }: { id: string; kind: MergeConflictKind; target: string }, arbiter: Arbiter): unknown {
  const place = formatPath(path);
  if (path.length > 0) return arbiter.settle({ id: `${id}/${place}`, kind, target: `${target}: ${place}` }, sides, (value) => ({ value: value ?? undefined }));
  return arbiter.settle({ id, kind, target }, sides, bySchemaOrNothing(schemaSchema));
}

/** What was removed on one side and left alone on the other goes; the same change on both sides is one. */
function mergeWhole<Item>(three: ThreeItems<Item>): { item: Item | undefined } | undefined {
  const { base, ours, theirs } = three;
  if (sameJson(ours, theirs) || sameJson(base, theirs)) return { item: ours };
  return sameJson(base, ours) ? { item: theirs } : undefined;
}

function mergeFields(base: object, ours: object, theirs: object, settle: (field: string, three: Three) => unknown): JsonObject {
  const [one, two, three]: [JsonObject, JsonObject, JsonObject] = [{ ...base }, { ...ours }, { ...theirs }];
  const entries = keysOf(two, three, one).map((field) => {
    const sides = { base: valueAt(one, field), ours: valueAt(two, field), theirs: valueAt(three, field) };
    const merged = mergeValue(sides) ?? (field === 'allowedValues' ? mergeSet(sides) : undefined);
    return [field, merged ? merged.value : settle(field, sides)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Reads one field's value by reading a whole with it in it. */
function readField(field: string, read: (value: unknown) => ReadValue<object>): (value: unknown) => ReadValue<unknown> {
  return (value) => {
    const whole = read(value);
    if ('problem' in whole) return whole;
    return { value: isJsonObject(whole.value) ? valueAt(whole.value, field) : undefined };
  };
}

/** Whether field by field something comes of it that fits together, whichever side is taken where both changed a field. */
function fits(base: PromptVariable, ours: PromptVariable, theirs: PromptVariable): boolean {
  const [changes, theirChanges] = [ours, theirs].map((side) => keysOf(base, side).filter((field) => shape.has(field) && !sameJson(valueAt(base, field), valueAt(side, field))));
  if (!changes?.length || !theirChanges?.length) return true;
  const changed = new Set([...changes, ...theirChanges]);
  // Only the sandbox may try a pattern.
  const isUnknown = changed.has('pattern') && (changed.has('defaultValue') || changed.has('sample'));
  if (changed.has('type') || isUnknown) return false;
  return (['ours', 'theirs'] as const).every((side) => holdsTogether(variableSchema.parse(mergeFields(base, ours, theirs, (_, sides) => sides[side]))));
}

function holdsTogether(variable: PromptVariable): boolean {
  const { minLength = 0, maxLength = Infinity, minimum = -Infinity, maximum = Infinity, allowedValues, defaultValue, sample } = variable;
  const hasChoice = variable.type !== 'CHOICE' || Boolean(allowedValues?.length);
  const values = [defaultValue, sample].filter((value) => value !== undefined);
  return minLength <= maxLength && minimum <= maximum && hasChoice && values.every((value) => plainValueProblem(variable, value) === undefined);
}
