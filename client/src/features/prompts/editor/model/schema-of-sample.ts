export interface SampleSchema {
  type: 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null';
  properties?: Record<string, SampleSchema>;
  required?: string[];
  additionalProperties?: false;
  items?: SampleSchema | Record<string, never>;
}

/** A JSON Schema that a sample of JSON fits: all of its fields are required, and there are no others. */
export function schemaOf(sample: unknown): SampleSchema {
  if (sample === null || sample === undefined) return { type: 'null' };
  if (typeof sample === 'string') return { type: 'string' };
  if (typeof sample === 'boolean') return { type: 'boolean' };
  if (typeof sample === 'number') return { type: Number.isInteger(sample) ? 'integer' : 'number' };
  if (Array.isArray(sample)) return { type: 'array', items: itemSchema(sample) };
  const fields = Object.entries(sample);
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, value]) => [name, schemaOf(value)])),
    required: fields.map(([name]) => name),
    additionalProperties: false,
  };
}

/** What all items have in common, as far as a sample tells. */
function itemSchema(items: readonly unknown[]): NonNullable<SampleSchema['items']> {
  const [first, ...others] = items.map((item) => schemaOf(item));
  if (!first) return {};
  if (others.every((other) => JSON.stringify(other) === JSON.stringify(first))) return first;
  return [first, ...others].every(({ type }) => type === 'integer' || type === 'number') ? { type: 'number' } : {};
}
