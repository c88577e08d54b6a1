import * as z from 'zod/mini';
import type { InputType } from '../../../gql/graphql';
import type { WorkflowInput } from '../../workflows/workflow.operations';

const text = z.catch(z.optional(z.string()), undefined);

const propertySchema = z.looseObject({
  type: z.optional(z.unknown()),
  title: text,
  description: text,
  default: z.optional(z.unknown()),
  format: text,
  enum: z.catch(z.optional(z.array(z.unknown())), undefined),
  maxLength: z.catch(z.optional(z.number()), undefined),
});

type Property = z.infer<typeof propertySchema>;

const formSchema = z.object({
  properties: z.catch(z.record(z.string(), z.catch(propertySchema, {})), {}),
  required: z.catch(z.array(z.string()), []),
});

/** Longer texts are written on several lines. */
const longestLine = 200;

/** What a JSON Schema of an object asks for, in its order, as the inputs of a run are asked for. */
export function inputsOfForm(schema: unknown): WorkflowInput[] {
  const form = formSchema.safeParse(schema);
  if (!form.success) return [];
  const { properties, required } = form.data;
  return Object.entries(properties).map(([name, { title, description, default: defaultValue, ...rules }]) => ({
    name,
    type: typeOf(rules),
    required: required.includes(name),
    description: [title, description].filter(Boolean).join(': '),
    defaultValue: defaultValue ?? null,
    schema: rules,
    sample: null,
  }));
}

function typeOf({ type, format, enum: choices, maxLength }: Property): InputType {
  if (type === 'boolean') return 'BOOLEAN';
  if (type === 'number' || type === 'integer') return 'NUMBER';
  if (type !== 'string') return 'JSON';
  return choices || format || (maxLength !== undefined && maxLength <= longestLine) ? 'STRING' : 'TEXT';
}
