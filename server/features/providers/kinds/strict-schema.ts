import { type JsonSchema } from '../provider.js';

/** OpenAI refuses to be strict about a schema with an object that has optional properties, or may have others than it names. */
export function isStrict(schema: JsonSchema): boolean {
  const { properties, required, additionalProperties } = schema;
  if (isObject(properties)) {
    const demanded: readonly unknown[] = Array.isArray(required) ? required : [];
    if (additionalProperties !== false || Object.keys(properties).some((name) => !demanded.includes(name))) return false;
  } else if (schema.type === 'object') return false;
  return Object.values(schema).every((part) => partsOf(part).every(isStrict));
}

/** Whatever may be a schema within a schema. */
function partsOf(value: unknown): JsonSchema[] {
  if (Array.isArray(value)) return value.filter(isObject);
  if (!isObject(value)) return [];
  return [value, ...Object.values(value).filter(isObject)];
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
