import { type PromptContent } from '../content/content.js';
import { type ContractChange, type VersionBump } from './contract.js';
import { formatPath, isJsonObject, type JsonObject, keysOf, sameJson, valueAt } from './json-difference.js';

/** They say something about the output and ask nothing of it. */
const annotations = new Set(['title', 'description', '$comment', 'examples', 'default', 'deprecated', 'readOnly', 'writeOnly']);
/** Keywords that hold a schema, schemas by name, and a list of schemas. */
const holdsSchema = new Set(['items', 'additionalProperties', 'additionalItems', 'unevaluatedProperties', 'unevaluatedItems', 'contains', 'propertyNames', 'if', 'then', 'else']);
const holdsDefinitions = new Set(['$defs', 'definitions']);
const holdsSchemas = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
/** Keywords whose lists have no order. */
const holdsSet = new Set(['required', 'enum', 'type']);

/**
 * What those who read the output notice of a change of its JSON Schema.
 * - MINOR: a property more, also deep within the schema, which they can ignore; not where an object's own properties could have any name
 *   (`patternProperties`, or a schema as `additionalProperties`), for then they read all of them.
 * - Nothing: annotations (`title`, `description`, `examples`, …), the order of keys, of `required`, of an `enum`, and definitions that came or went,
 *   since what refers to them is compared itself.
 * - MAJOR: everything else, also what only narrows the output: a program may wait for what no longer comes.
 */
export function outputChanges(before: PromptContent['outputSchema'], after: PromptContent['outputSchema']): ContractChange[] {
  if (!before && !after) return [];
  if (!before) return [{ bump: 'MAJOR', message: 'The output has a schema now; before, every text would do.' }];
  if (!after) return [{ bump: 'MAJOR', message: 'The output has no schema any more.' }];
  return schemaChanges(before, after, []);
}

function schemaChanges(before: unknown, after: unknown, path: readonly string[]): ContractChange[] {
  if (sameJson(before, after)) return [];
  if (!isJsonObject(before) || !isJsonObject(after)) return [major(path, 'is described otherwise')];
  return keysOf(before, after).flatMap((keyword) => keywordChanges(keyword, before, after, path));
}

function keywordChanges(keyword: string, before: JsonObject, after: JsonObject, path: readonly string[]): ContractChange[] {
  const [was, is] = [valueAt(before, keyword), valueAt(after, keyword)];
  if (annotations.has(keyword) || sameJson(was, is)) return [];
  if (keyword === 'properties') return propertyChanges(before, after, path);
  if (keyword === 'required') return requiredChanges(before, after, path);
  if (holdsSet.has(keyword) && sameSet(was, is)) return [];
  if (holdsSchema.has(keyword) && isJsonObject(was) && isJsonObject(is)) return schemaChanges(was, is, keyword === 'items' ? [...path, '*'] : [...path, keyword]);
  if (holdsDefinitions.has(keyword)) return definitionChanges(was, is, [...path, keyword]);
  if (holdsSchemas.has(keyword) && Array.isArray(was) && Array.isArray(is) && was.length === is.length) {
    return was.flatMap((schema: unknown, index) => schemaChanges(schema, is[index], [...path, keyword, String(index)]));
  }
  return [major(path, `has another \`${keyword}\``)];
}

function propertyChanges(before: JsonObject, after: JsonObject, path: readonly string[]): ContractChange[] {
  const [were, are] = [objectAt(before, 'properties'), objectAt(after, 'properties')];
  const readsAll = isJsonObject(before.additionalProperties) || before.patternProperties !== undefined;
  return keysOf(were, are).flatMap((name) => {
    const at = [...path, name];
    const [was, is] = [valueAt(were, name), valueAt(are, name)];
    if (was === undefined) return [change(readsAll ? 'MAJOR' : 'MINOR', at, 'is new')];
    return is === undefined ? [major(at, 'was removed')] : schemaChanges(was, is, at);
  });
}

/** A property that comes or goes is told of by itself. */
function requiredChanges(before: JsonObject, after: JsonObject, path: readonly string[]): ContractChange[] {
  const [were, are] = [namesAt(before, 'required'), namesAt(after, 'required')];
  const has = (schema: JsonObject, name: string) => valueAt(objectAt(schema, 'properties'), name) !== undefined;
  const stays = (name: string) => has(before, name) === has(after, name);
  return [
    ...were.filter((name) => !are.includes(name) && stays(name)).map((name) => major([...path, name], 'may be missing now')),
    ...are.filter((name) => !were.includes(name) && stays(name)).map((name) => major([...path, name], 'is always there now')),
  ];
}

function definitionChanges(before: unknown, after: unknown, path: readonly string[]): ContractChange[] {
  if (!isJsonObject(before) || !isJsonObject(after)) return [];
  const names = keysOf(before).filter((name) => valueAt(after, name) !== undefined);
  return names.flatMap((name) => schemaChanges(valueAt(before, name), valueAt(after, name), [...path, name]));
}

function major(path: readonly string[], what: string): ContractChange {
  return change('MAJOR', path, what);
}

function change(bump: VersionBump, path: readonly string[], what: string): ContractChange {
  return { bump, message: path.length === 0 ? `The output ${what}.` : `The output's \`${formatPath(path)}\` ${what}.` };
}

function objectAt(schema: JsonObject, keyword: string): JsonObject {
  const value = valueAt(schema, keyword);
  return isJsonObject(value) ? value : {};
}

function namesAt(schema: JsonObject, keyword: string): string[] {
  const value = valueAt(schema, keyword);
  return Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];
}

function sameSet(one: unknown, other: unknown): boolean {
  if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false;
  return one.every((item) => other.some((candidate) => sameJson(item, candidate)));
}
