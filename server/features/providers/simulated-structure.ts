import { type JsonSchema, type ModelMessage } from './provider.js';
import { digestOf, sayOf } from './simulated-answer.js';
import { flatSchema } from './simulated-schema.js';
import { type Digest } from './simulated-summary.js';
import { formOf, plainWords, readTask } from './simulated-task.js';

/** What a model would answer about the text that the messages hold, as JSON that fits the schema. */
export function structureFor(schema: JsonSchema, messages: readonly ModelMessage[]): unknown {
  return valueFor(schema, readTask(messages).material);
}

/**
 * A JSON value that fits the schema: what the text states (`city: Oslo`), else what is said of the text, by the names of the properties. It
 * looks at neither `pattern` nor `not` nor `if`, so that there the value may not fit.
 */
export function valueFor(schema: JsonSchema, text: string): unknown {
  return new Writer(schema, text).write(schema, '', 0);
}

/** Deeper than this only what is required, and deeper still nothing: schemas may refer to themselves. */
const usualDepth = 4;
const deepest = 12;
/** Values in all. */
const most = 1_000;

class Writer {
  private readonly digest: Digest;
  private values = 0;

  constructor(
    private readonly root: JsonSchema,
    private readonly text: string,
  ) {
    this.digest = digestOf(text);
  }

  write(part: unknown, name: string, depth: number): unknown {
    const schema = flatSchema(part, this.root);
    if (depth > deepest || ++this.values > most) return null;
    if ('const' in schema) return schema.const;
    if (Array.isArray(schema.enum)) return this.chosen(schema.enum, name);
    switch (typeOf(schema)) {
      case 'object':
        return this.object(schema, depth);
      case 'array':
        return this.array(schema, name, depth);
      case 'number':
      case 'integer':
        return numberWithin(schema, Number(stated(this.text, name) ?? NaN), this.digest.sentences.length);
      case 'boolean':
        return /^(?:yes|true|on)$/i.test(stated(this.text, name) ?? '');
      case 'null':
        return null;
      default:
        return this.string(schema, name);
    }
  }

  private object(schema: JsonSchema, depth: number): Record<string, unknown> {
    const properties = isObject(schema.properties) ? schema.properties : {};
    const required = stringsOf(schema.required);
    const wanted = depth < usualDepth ? [...new Set([...Object.keys(properties), ...required])] : required;
    return Object.fromEntries(wanted.map((name) => [name, this.write(Object.hasOwn(properties, name) ? properties[name] : {}, name, depth + 1)]));
  }

  private array(schema: JsonSchema, name: string, depth: number): unknown[] {
    // Up to draft 7 a list of schemas under `items` was what `prefixItems` is now.
    const first: readonly unknown[] = [schema.prefixItems, schema.items].find(Array.isArray) ?? [];
    const usual = schema.items === false ? first.length : Math.max(3, first.length);
    const count = within(usual, numberOr(schema.minItems, 0), numberOr(schema.maxItems, Infinity));
    const length = depth < usualDepth ? count : numberOr(schema.minItems, 0);
    const items = flatSchema(schema.items ?? {}, this.root);
    const options: unknown[] = Array.isArray(items.enum) ? items.enum : [];
    const texts = options.length > 0 || typeOf(items) !== 'string' ? [] : this.texts(name, length);
    const values: unknown[] = [];
    for (let index = 0; index < Math.min(length, most); index++) {
      const text = texts[index];
      if (index < first.length) values.push(this.write(first[index], name, depth + 1));
      else if (options.length > 0) values.push(options[index % options.length]);
      else values.push(text === undefined ? this.write(items, name, depth + 1) : fitted(text, items));
    }
    return values.filter((value, index) => schema.uniqueItems !== true || values.findIndex((other) => JSON.stringify(other) === JSON.stringify(value)) === index);
  }

  private texts(name: string, count: number): string[] {
    return formOf(plainWords(name)) === 'keywords' ? this.digest.keywords(count) : this.digest.pick(count);
  }

  private chosen(options: readonly unknown[], name: string): unknown {
    const wanted = stated(this.text, name)?.toLowerCase();
    const text = this.text.toLowerCase();
    return (
      options.find((option) => typeof option === 'string' && option.toLowerCase() === wanted) ??
      options.find((option) => typeof option === 'string' && option !== '' && text.includes(option.toLowerCase())) ??
      options[0]
    );
  }

  private string(schema: JsonSchema, name: string): string {
    const example = typeof schema.format === 'string' ? examples.get(schema.format) : undefined;
    if (example !== undefined) return example;
    return fitted(stated(this.text, name) ?? sayOf(this.digest, formOf(plainWords(name)) ?? 'summary'), schema);
  }
}

const examples: ReadonlyMap<string, string> = new Map([
  ['date', '2026-01-31'],
  ['time', '09:30:00Z'],
  ['date-time', '2026-01-31T09:30:00Z'],
  ['duration', 'PT30M'],
  ['email', 'someone@example.com'],
  ['hostname', 'example.com'],
  ['uri', 'https://example.com/'],
  ['uuid', '01890000-0000-7000-8000-000000000000'],
  ['ipv4', '192.0.2.1'],
  ['ipv6', '2001:db8::1'],
]);

/** What follows the name in the text: `city: Oslo`, `the city is Oslo`, `city = "New York"`. */
function stated(text: string, name: string): string | undefined {
  const words = plainWords(name);
  if (words === '') return undefined;
  const pattern = words.split(' ').map((word) => word.replace(/[^\p{L}\p{N}]/gu, '')).join('[\\s_-]?');
  const found = new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?:\\s*[:=]|\\s+is)\\s*(?:"([^"\\n]{1,300})"|([^\\s"][^\\n,;()]{0,300}?)(?=[.!?]?(?:\\s*[\\n,;()]|\\s*$)|[.!?]\\s))`, 'iu').exec(text);
  return found?.[1] ?? found?.[2];
}

function fitted(text: string, schema: JsonSchema): string {
  const least = Math.min(numberOr(schema.minLength, 0), 10_000);
  const characters = [...text];
  while (characters.length < least) characters.push(...(text === '' ? '…' : ` ${text}`));
  return characters.slice(0, Math.max(numberOr(schema.maxLength, Infinity), 0)).join('');
}

function numberWithin(schema: JsonSchema, wanted: number, otherwise: number): number {
  const step = numberOr(schema.multipleOf, typeOf(schema) === 'integer' ? 1 : 0);
  const shift = step > 0 ? step : 1e-3;
  const above = typeof schema.exclusiveMinimum === 'number' ? schema.exclusiveMinimum + shift : -Infinity;
  const below = typeof schema.exclusiveMaximum === 'number' ? schema.exclusiveMaximum - shift : Infinity;
  const least = Math.max(numberOr(schema.minimum, -Infinity), above);
  const greatest = Math.min(numberOr(schema.maximum, Infinity), below);
  const value = within(Number.isFinite(wanted) ? wanted : otherwise, least, greatest);
  if (step <= 0) return value;
  const rounded = Math.floor(value / step) * step;
  return rounded >= least ? rounded : Math.ceil(least / step) * step;
}

function typeOf(schema: JsonSchema): unknown {
  const types: unknown = schema.type;
  if (Array.isArray(types)) return types.find((type) => type !== 'null') ?? 'null';
  if (types !== undefined) return types;
  if ('properties' in schema || 'required' in schema) return 'object';
  if ('items' in schema || 'prefixItems' in schema) return 'array';
  return 'minimum' in schema || 'maximum' in schema || 'multipleOf' in schema ? 'number' : 'string';
}

function within(value: number, least: number, greatest: number): number {
  return Math.max(least, Math.min(value, greatest));
}

function numberOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
