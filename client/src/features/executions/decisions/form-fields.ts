import * as z from 'zod/mini';

export type FormFieldKind = 'text' | 'date' | 'time' | 'number' | 'integer' | 'boolean' | 'choice' | 'json';

/** One thing that is filled in, as a JSON Schema of an object has it. */
export interface FormField {
  name: string;
  label: string;
  description: string | undefined;
  kind: FormFieldKind;
  required: boolean;
  choices: readonly unknown[];
  min: number | undefined;
  max: number | undefined;
  initial: unknown;
}

/** By name; of JSON and numbers the text as it is typed. */
export type FormValues = Readonly<Record<string, unknown>>;

const text = z.catch(z.optional(z.string()), undefined);
const number = z.catch(z.optional(z.number()), undefined);

const propertySchema = z.object({
  type: z.catch(z.optional(z.unknown()), undefined),
  format: text,
  title: text,
  description: text,
  enum: z.catch(z.optional(z.array(z.unknown())), undefined),
  minimum: number,
  maximum: number,
  default: z.optional(z.unknown()),
});

type Property = z.infer<typeof propertySchema>;

const formSchema = z.object({
  properties: z.catch(z.record(z.string(), z.catch(propertySchema, {})), {}),
  required: z.catch(z.array(z.string()), []),
});

/** What a form for this JSON Schema asks for, in its order. */
export function formFieldsOf(schema: unknown): FormField[] {
  const form = formSchema.safeParse(schema);
  if (!form.success) return [];
  const { properties, required } = form.data;
  return Object.entries(properties).map(([name, property]) => ({
    name,
    label: property.title ?? name,
    description: property.description,
    kind: kindOf(property),
    required: required.includes(name),
    choices: property.enum ?? [],
    min: property.minimum,
    max: property.maximum,
    initial: property.default,
  }));
}

function kindOf({ type, format, enum: choices }: Property): FormFieldKind {
  if (choices) return 'choice';
  if (type === 'boolean' || type === 'number' || type === 'integer') return type;
  if (type !== 'string') return 'json';
  if (format === 'date') return 'date';
  return format === 'date-time' ? 'time' : 'text';
}

export function initialValues(fields: readonly FormField[]): FormValues {
  return Object.fromEntries(fields.map(({ name, kind, initial }) => [name, initial === undefined ? (kind === 'boolean' ? false : '') : kind === 'json' ? JSON.stringify(initial, null, 2) : initial]));
}

/** What can be seen to be wrong without asking the server, by the fields' names. */
export function problemsIn(fields: readonly FormField[], values: FormValues): Record<string, string> {
  const problems = fields.flatMap((field): [string, string][] => {
    const value = values[field.name];
    if (isEmpty(value)) return field.required ? [[field.name, field.kind === 'choice' ? 'Choose one.' : 'Fill this in.']] : [];
    return field.kind === 'json' && jsonOf(value) === undefined ? [[field.name, 'This is no JSON.']] : [];
  });
  return Object.fromEntries(problems);
}

/** The object that is sent: without what was left empty. */
export function sentValues(fields: readonly FormField[], values: FormValues): Record<string, unknown> {
  const filled = fields.filter(({ name }) => !isEmpty(values[name]));
  return Object.fromEntries(filled.map((field) => [field.name, sentValue(field, values[field.name])]));
}

function sentValue({ kind }: FormField, value: unknown): unknown {
  if (kind === 'json') return jsonOf(value);
  if (kind === 'time' && typeof value === 'string') return new Date(value).toISOString();
  return value;
}

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

/** @returns undefined for what is none */
export function jsonOf(value: unknown): unknown {
  try {
    return JSON.parse(String(value));
  } catch {
    return undefined;
  }
}
