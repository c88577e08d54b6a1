import * as z from 'zod/mini';
import type { InputType } from '../../gql/graphql';

const formats = ['date', 'date-time', 'email', 'uri', 'uuid'] as const;
export type TextFormat = (typeof formats)[number];

const rulesSchema = z.strictObject({
  type: z.optional(z.enum(['string', 'number', 'integer', 'boolean'])),
  enum: z.optional(z.array(z.union([z.string(), z.number()]))),
  minLength: z.optional(z.number()),
  maxLength: z.optional(z.number()),
  pattern: z.optional(z.string()),
  format: z.optional(z.enum(formats)),
  minimum: z.optional(z.number()),
  maximum: z.optional(z.number()),
});

/** What a JSON Schema of a plain value can say that there are fields for. */
export type InputRules = z.infer<typeof rulesSchema>;

const plainTypes: Partial<Record<InputType, 'string' | 'number' | 'boolean'>> = { STRING: 'string', TEXT: 'string', NUMBER: 'number', BOOLEAN: 'boolean' };

/** The rules that a schema comes to. @returns undefined where it says more than there are fields for, or is half-written */
export function rulesOfSchema(type: InputType, schema: unknown): InputRules | undefined {
  const plain = plainTypes[type];
  if (plain === undefined) return undefined;
  if (schema === undefined || schema === null) return {};
  const rules = rulesSchema.safeParse(schema);
  if (!rules.success) return undefined;
  const { type: stated = plain } = rules.data;
  return stated === plain || (plain === 'number' && stated === 'integer') ? rules.data : undefined;
}

/** The schema that rules come to; nothing where they are none. */
export function schemaOfRules(type: InputType, rules: InputRules): InputRules | undefined {
  const given = Object.fromEntries(Object.entries(rules).filter(([name, value]) => name !== 'type' && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)));
  if (Object.keys(given).length === 0 && rules.type !== 'integer') return undefined;
  return { type: rules.type === 'integer' ? 'integer' : plainTypes[type], ...given };
}

/** What rules say, for somebody who is about to give a value. */
export function rulesInWords({ type, minLength, maxLength, minimum, maximum, pattern }: InputRules): string | undefined {
  const whole = type === 'integer' ? 'A whole number' : minimum !== undefined || maximum !== undefined ? 'A number' : undefined;
  const words = [
    whole && [whole, rangeInWords(minimum, maximum)].filter(Boolean).join(' '),
    (minLength !== undefined || maxLength !== undefined) && `${rangeInWords(minLength, maxLength)} characters`,
    pattern !== undefined && `like ${pattern}`,
  ].filter((word) => typeof word === 'string');
  const [first, ...others] = words;
  return first === undefined ? undefined : `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join(', ')}.`;
}

function rangeInWords(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `from ${least} to ${most}`;
  return least !== undefined ? `of at least ${least}` : most !== undefined ? `of at most ${most}` : '';
}
