import { Ajv, type AnySchemaObject, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { BoundedCache } from '../bounded-cache.js';
import { SandboxError, type SchemaCheck } from './sandbox.js';

/** Longest schema as JSON text. */
const MAX_LENGTH = 200_000;
/** Problems that are named one by one. */
const MAX_PROBLEMS = 10;

/** Checks JSON values against JSON Schemas (draft 7, 2019-09 or 2020-12, which is meant where `$schema` says nothing) on the thread that it is called on. */
export class SchemaEngine {
  private readonly compiled = new BoundedCache<ValidateFunction>(200, 2_000_000);
  private readonly dialects = { '2020-12': makeAjv(Ajv2020), '2019-09': makeAjv(Ajv2019), 'draft-07': makeAjv(Ajv) };

  /**
   * @returns for each value what its schema finds wrong with it, in words
   * @throws SandboxError for a schema that is none
   */
  check(checks: readonly SchemaCheck[]): string[][] {
    return checks.map(({ schema, value }) => {
      const validate = this.compiled.getOrMake(JSON.stringify(schema), () => this.compile(schema));
      validate(value);
      const errors = validate.errors ?? [];
      const problems = [...new Set(errors.map(inWords))];
      if (problems.length <= MAX_PROBLEMS) return problems;
      return [...problems.slice(0, MAX_PROBLEMS), `… and ${problems.length - MAX_PROBLEMS} more problems`];
    });
  }

  private compile(schema: AnySchemaObject): ValidateFunction {
    if (JSON.stringify(schema).length > MAX_LENGTH) throw new SandboxError('LIMIT', `The schema is too long: keep it to ${MAX_LENGTH} characters of JSON.`);
    const ajv = this.dialectOf(schema);
    try {
      return ajv.compile(schema);
    } catch (error) {
      throw problemOf(error);
    } finally {
      // It keeps every schema otherwise; those of use are in our own cache.
      ajv.removeSchema(schema);
    }
  }

  private dialectOf({ $schema }: AnySchemaObject): Ajv {
    const name: unknown = $schema;
    if (typeof name !== 'string' || name.includes('2020-12')) return this.dialects['2020-12'];
    if (name.includes('2019-09')) return this.dialects['2019-09'];
    if (name.includes('draft-07')) return this.dialects['draft-07'];
    throw new SandboxError('SYNTAX', `The schema's $schema is ${name}, which is not known here. Use https://json-schema.org/draft/2020-12/schema, or leave it out.`);
  }
}

function makeAjv(dialect: typeof Ajv | typeof Ajv2019 | typeof Ajv2020): Ajv {
  const ajv = new dialect({ strict: false, allErrors: true, addUsedSchema: false, logger: false });
  addFormats.default(ajv);
  return ajv;
}

function problemOf(error: unknown): SandboxError {
  if (error instanceof RangeError) return new SandboxError('LIMIT', 'The schema is nested too deep.');
  const message = error instanceof Error ? error.message : 'it can not be read';
  return new SandboxError('SYNTAX', `The schema is no JSON Schema: ${message.replace(/^schema is invalid: /, '')}.`);
}

function inWords(error: ErrorObject): string {
  const place = placeOf(error.instancePath);
  const { additionalProperty, missingProperty, unevaluatedProperty, allowedValues, allowedValue, type, pattern, limit, multipleOf, format } = error.params;
  switch (error.keyword) {
    case 'required':
      return `${place}: "${missingProperty}" is missing`;
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return `${place}: "${additionalProperty ?? unevaluatedProperty}" is not expected`;
    case 'enum':
      return `${place}: must be one of ${listOf(allowedValues)}`;
    case 'const':
      return `${place}: must be ${JSON.stringify(allowedValue)}`;
    case 'type':
      return `${place}: must be ${typesInWords(type)}`;
    case 'pattern':
      return `${place}: must match the pattern ${pattern}`;
    case 'minimum':
      return `${place}: must be at least ${limit}`;
    case 'maximum':
      return `${place}: must be at most ${limit}`;
    case 'exclusiveMinimum':
      return `${place}: must be more than ${limit}`;
    case 'exclusiveMaximum':
      return `${place}: must be less than ${limit}`;
    case 'multipleOf':
      return `${place}: must be a multiple of ${multipleOf}`;
    case 'minLength':
    case 'minItems':
      return `${place}: must have at least ${limit} ${partsOf(error.keyword, limit)}`;
    case 'maxLength':
    case 'maxItems':
      return `${place}: must have at most ${limit} ${partsOf(error.keyword, limit)}`;
    case 'format':
      return `${place}: must be ${formats.get(format) ?? `of the format ${format}`}`;
    case 'if':
    case 'false schema':
      return `${place}: does not fit`;
    default:
      return `${place}: ${error.message ?? `does not fit "${error.keyword}"`}`;
  }
}

/** `/items/0/title` as `items[0].title`. */
function placeOf(pointer: string): string {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const place = keys.map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`)).join('');
  return place.replace(/^\./, '') || 'The whole';
}

function partsOf(keyword: string, count: unknown): string {
  const part = keyword.endsWith('Length') ? 'character' : 'item';
  return count === 1 ? part : `${part}s`;
}

const formats: ReadonlyMap<unknown, string> = new Map([
  ['date', 'a date such as 2026-03-01'],
  ['date-time', 'a time such as 2026-03-01T09:00:00Z'],
  ['time', 'a time of day such as 09:00:00Z'],
  ['email', 'an email address'],
  ['uri', 'an address such as https://example.com'],
  ['uuid', 'a UUID'],
]);

const types: ReadonlyMap<unknown, string> = new Map([
  ['string', 'text'],
  ['number', 'a number'],
  ['integer', 'a whole number'],
  ['boolean', 'true or false'],
  ['object', 'an object'],
  ['array', 'a list'],
]);

function typesInWords(type: unknown): string {
  const names: readonly unknown[] = Array.isArray(type) ? type : String(type).split(',');
  return names.map((name) => types.get(name) ?? String(name)).join(' or ');
}

function listOf(values: unknown): string {
  return Array.isArray(values) ? values.map((value) => JSON.stringify(value)).join(', ') : 'the allowed values';
}
