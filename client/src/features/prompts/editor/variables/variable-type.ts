import type { DraftVariable, VariableType } from '../prompt-draft';

export const typeNames: Record<VariableType, string> = {
  STRING: 'Text', TEXT: 'Long text', NUMBER: 'Number', BOOLEAN: 'Yes or no', CHOICE: 'Choice', JSON: 'JSON', LIST: 'List', MESSAGES: 'Messages',
};

export type LimitField = 'minLength' | 'maxLength' | 'minimum' | 'maximum' | 'pattern' | 'allowedValues';

const limits: Record<VariableType, readonly LimitField[]> = {
  STRING: ['minLength', 'maxLength', 'pattern'],
  TEXT: ['minLength', 'maxLength', 'pattern'],
  NUMBER: ['minimum', 'maximum'],
  BOOLEAN: [],
  CHOICE: ['allowedValues'],
  JSON: [],
  LIST: ['minLength', 'maxLength'],
  MESSAGES: ['minLength', 'maxLength'],
};

export const limitsOf = (type: VariableType): readonly LimitField[] => limits[type];

/** The variable with another type: limits and values that make no sense of it are dropped. */
export function retyped({ name, description, required, ...rest }: DraftVariable, type: VariableType): DraftVariable {
  const kept: DraftVariable = { name, type, description, required };
  if (type === 'CHOICE') kept.allowedValues = rest.allowedValues ?? [];
  if (limits[type].includes('minLength') && limits[rest.type].includes('minLength')) Object.assign(kept, pick(rest, ['minLength', 'maxLength']));
  if (limits[type].includes('pattern') && rest.pattern) kept.pattern = rest.pattern;
  for (const field of ['defaultValue', 'sample'] as const) {
    const value = valueAs(rest[field], type);
    if (value !== undefined) kept[field] = value;
  }
  return kept;
}

/** A value read as one of another type, or undefined where it makes none. */
function valueAs(value: unknown, type: VariableType): unknown {
  switch (type) {
    case 'STRING':
    case 'TEXT':
    case 'CHOICE':
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
    case 'NUMBER':
      return typeof value === 'number' || (typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value))) ? Number(value) : undefined;
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
    case 'JSON':
      return value;
    case 'LIST':
      return Array.isArray(value) ? value : undefined;
    case 'MESSAGES':
      return Array.isArray(value) && value.every(isGivenMessage) ? value : undefined;
  }
}

export interface GivenMessage {
  role: string;
  content: string;
}

export const isGivenMessage = (value: unknown): value is GivenMessage =>
  typeof value === 'object' && value !== null && 'role' in value && typeof value.role === 'string' && 'content' in value && typeof value.content === 'string';

const pick = (from: Partial<DraftVariable>, fields: ('minLength' | 'maxLength')[]) =>
  Object.fromEntries(fields.flatMap((field) => (from[field] === undefined || from[field] === null ? [] : [[field, from[field]]])));
