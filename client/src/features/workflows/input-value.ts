import type { InputType } from '../../gql/graphql';

export type Reading = { value: unknown; problem?: undefined } | { problem: string };

/** Reads what was typed as a value of an input's type. Nothing typed is `undefined`, except for text, where the caller decides. */
export function readValue(type: InputType, text: string): Reading {
  if (type === 'STRING' || type === 'TEXT') return { value: text };
  if (text.trim() === '') return { value: undefined };
  if (type === 'NUMBER') {
    const value = Number(text);
    return Number.isFinite(value) ? { value } : { problem: 'Write a number, such as 12 or 0.5.' };
  }
  if (type === 'BOOLEAN') {
    return text === 'true' || text === 'false' ? { value: text === 'true' } : { problem: 'Choose yes or no.' };
  }
  return readJson(text);
}

export function readJson(text: string): Reading {
  try {
    const value: unknown = JSON.parse(text);
    return { value };
  } catch (error) {
    const reason = error instanceof Error ? error.message : '';
    return { problem: `This is not JSON: ${reason.replace(/^JSON\.parse: /, '').replace(/^Unexpected/, 'unexpected').replace(/\.?$/, '.')}` };
  }
}

/** The text that `readValue` reads as this value. */
export function writeValue(type: InputType, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (type === 'JSON') return JSON.stringify(value, null, 2);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const inputTypeNames: Record<InputType, string> = {
  STRING: 'Short text',
  TEXT: 'Long text',
  NUMBER: 'Number',
  BOOLEAN: 'Yes or no',
  JSON: 'JSON',
};
