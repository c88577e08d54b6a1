import { type JsonSchema } from './provider.js';

/** References followed and branches taken, until the schema itself says what fits it. */
const mostSteps = 20;

/** The schema with its local `$ref` in place, everything of its `allOf` and the first of its `anyOf` or `oneOf`. */
export function flatSchema(part: unknown, root: JsonSchema): JsonSchema {
  let schema = asSchema(part);
  for (let step = 0; step < mostSteps; step++) {
    const { $ref, allOf, anyOf, oneOf, ...rest } = schema;
    const branches: readonly unknown[] = Array.isArray(allOf) ? allOf : [];
    const choice: unknown = [anyOf, oneOf].find(Array.isArray)?.[0];
    const parts = [...(typeof $ref === 'string' ? [at(root, $ref)] : []), ...branches, ...(choice === undefined ? [] : [choice])];
    if (parts.length === 0) return schema;
    schema = parts.map(asSchema).reduce(merged, rest);
  }
  return schema;
}

function merged(one: JsonSchema, other: JsonSchema): JsonSchema {
  const properties = { ...asSchema(one.properties), ...asSchema(other.properties) };
  const required = [...listOf(one.required), ...listOf(other.required)];
  return {
    ...one,
    ...other,
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(required.length > 0 && { required }),
  };
}

/** What a JSON pointer such as `#/$defs/address` points to. */
function at(root: JsonSchema, reference: string): unknown {
  if (!reference.startsWith('#')) return {};
  const keys = reference.slice(1).split('/').slice(1);
  return keys.reduce<unknown>((found, key) => {
    const name = key.replaceAll('~1', '/').replaceAll('~0', '~');
    return typeof found === 'object' && found !== null && Object.hasOwn(found, name) ? Reflect.get(found, name) : undefined;
  }, root);
}

function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
