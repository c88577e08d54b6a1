import * as z from 'zod/mini';

export const fieldKinds = ['text', 'number', 'integer', 'boolean', 'date', 'choice'] as const;
export type FieldKind = (typeof fieldKinds)[number];

/** Something that whoever approves fills in. */
export interface AskedField {
  name: string;
  kind: FieldKind;
  required: boolean;
  /** Of a choice. */
  choices: string[];
}

const propertySchema = z.union([
  z.strictObject({ type: z.literal('string'), enum: z.array(z.string()) }),
  z.strictObject({ type: z.literal('string'), format: z.literal('date') }),
  z.strictObject({ type: z.enum(['string', 'number', 'integer', 'boolean']) }),
]);

const formSchema = z.strictObject({
  type: z.literal('object'),
  properties: z.record(z.string(), propertySchema),
  required: z.array(z.string()),
  additionalProperties: z.literal(false),
});

/** The JSON Schema of a form. A field without a name, or with one that another has, is not in it. */
export function schemaOf(fields: readonly AskedField[]): Record<string, unknown> {
  const named = fields.filter(({ name }, index) => name.trim() !== '' && fields.findIndex((other) => other.name.trim() === name.trim()) === index);
  return {
    type: 'object',
    properties: Object.fromEntries(named.map((field) => [field.name.trim(), propertyOf(field)])),
    required: named.filter(({ required }) => required).map(({ name }) => name.trim()),
    additionalProperties: false,
  };
}

/** @returns undefined for a schema that says more than `schemaOf` can */
export function fieldsOf(schema: unknown): AskedField[] | undefined {
  const parsed = formSchema.safeParse(schema);
  if (!parsed.success) return undefined;
  const { properties, required } = parsed.data;
  return Object.entries(properties).map(([name, property]) => ({ name, required: required.includes(name), kind: kindOf(property), choices: 'enum' in property ? property.enum : [] }));
}

function propertyOf({ kind, choices }: AskedField): z.infer<typeof propertySchema> {
  if (kind === 'choice') return { type: 'string', enum: choices };
  if (kind === 'date') return { type: 'string', format: 'date' };
  return { type: kind === 'text' ? 'string' : kind };
}

function kindOf(property: z.infer<typeof propertySchema>): FieldKind {
  if ('enum' in property) return 'choice';
  if ('format' in property) return 'date';
  return property.type === 'string' ? 'text' : property.type;
}
