/** Which part of a prompt a field belongs to; `value`: a place in any JSON value. */
export type Section = 'settings' | 'variables' | 'tools' | 'outputSchema' | 'value';

const words: Record<Exclude<Section, 'outputSchema' | 'value'>, Record<string, string>> = {
  settings: {
    model: 'Model',
    temperature: 'Temperature',
    topP: 'Top P',
    maxOutputTokens: 'Longest answer',
    seed: 'Seed',
    stopSequences: 'Stop sequences',
  },
  variables: {
    type: 'Type',
    description: 'Description',
    required: 'Required',
    defaultValue: 'Default',
    sample: 'Sample value',
    minLength: 'Shortest length',
    maxLength: 'Greatest length',
    minimum: 'Minimum',
    maximum: 'Maximum',
    pattern: 'Pattern',
    allowedValues: 'Allowed values',
  },
  tools: { description: 'Description', parameters: 'Parameters' },
};

const variableTypeWords: Record<string, string> = {
  STRING: 'string', TEXT: 'long text', NUMBER: 'number', BOOLEAN: 'boolean', CHOICE: 'choice', JSON: 'JSON', LIST: 'list', MESSAGES: 'messages',
};

/** Of JSON Schema, where a keyword reads badly as it is. */
const keywords: Record<string, string> = {
  required: 'required fields',
  enum: 'allowed values',
  const: 'only value',
  additionalProperties: 'other fields',
  minLength: 'shortest length',
  maxLength: 'greatest length',
  minItems: 'fewest items',
  maxItems: 'most items',
  uniqueItems: 'no item twice',
  $ref: 'as described at',
};

/** Keywords whose keys are names that people gave. */
const holdNames = ['properties', 'patternProperties', '$defs', 'definitions'];

/** The keys of a path such as `properties.title.type` or `properties.["a.b"].type`. */
export function keysOfPath(path: string): string[] {
  return [...path.matchAll(/\[("(?:[^"\\]|\\.)*")\]|([^."[\]/\s]+)/g)].map(([whole, quoted, plain]) => plain ?? unquoted(quoted) ?? whole);
}

/** What a field of the diff is called: `Longest answer`, `Parameters › city › type`. */
export function fieldInWords(section: Section, field: string): string {
  const keys = keysOfPath(field);
  if (section === 'value') return keys.join(' › ') || 'The whole value';
  if (section === 'outputSchema') return schemaKeysInWords(keys) || 'schema';
  const [first = '', ...rest] = keys;
  const name = words[section][first] ?? first;
  const below = section === 'tools' && first === 'parameters' ? schemaKeysInWords(rest) : rest.join(' › ');
  return below ? `${name} › ${below}` : name;
}

/** A value as a person would say it: `yes`, `1,024 tokens`, `formal, casual`. JSON stays only where somebody wrote JSON. */
export function valueInWords(section: Section, field: string, value: unknown): string {
  const keys = keysOfPath(field);
  const [name = ''] = keys;
  if (section === 'value') return typeof value === 'string' && value !== '' ? value : JSON.stringify(value, null, 2);
  if (value === null || value === undefined) return 'not set';
  if (section === 'variables' && keys.length === 1 && name === 'type' && typeof value === 'string') return variableTypeWords[value] ?? value;
  if (section === 'settings' && name === 'maxOutputTokens' && typeof value === 'number') return `${count(value)} tokens`;
  if (typeof value === 'boolean') return isAsked(section, keys) ? (value ? 'yes' : 'no') : String(value);
  if (typeof value === 'number') return count(value);
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  if (Array.isArray(value) && value.every(isScalar)) return value.length === 0 ? 'none' : value.map((item) => (item === '' ? 'empty' : String(item))).join(', ');
  if (typeof value === 'object' && Object.keys(value).length === 0) return isSchema(section, keys) ? 'anything' : 'empty';
  return JSON.stringify(value, null, 2);
}

const count = (value: number): string => new Intl.NumberFormat('en-US', { maximumFractionDigits: 20, useGrouping: Math.abs(value) >= 1_000 }).format(value);

const isScalar = (value: unknown): boolean => value === null || typeof value !== 'object';

const isSchema = (section: Section, keys: string[]): boolean => section === 'outputSchema' || (section === 'tools' && keys[0] === 'parameters');

/** A boolean that answers a question, and not one that is a value itself. */
function isAsked(section: Section, keys: string[]): boolean {
  const last = keys.at(-1);
  return isSchema(section, keys) ? last !== 'default' && last !== 'const' : section === 'variables' && last === 'required';
}

function schemaKeysInWords(keys: readonly string[]): string {
  const parts: string[] = [];
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index] ?? '';
    const name = keys[index + 1];
    if (holdNames.includes(key) && name !== undefined) {
      parts.push(name);
      index++;
    } else if (key === 'items' && name !== undefined) parts.push('each item');
    else if (/^\d+$/.test(key)) parts.push(String(Number(key) + 1));
    else parts.push(keywords[key] ?? key);
  }
  return parts.join(' › ');
}

function unquoted(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    return String(JSON.parse(text));
  } catch {
    return undefined;
  }
}
