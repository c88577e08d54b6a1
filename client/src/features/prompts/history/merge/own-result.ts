import type { Conflict } from './merge.operations';

/** How a result of one's own is written. */
export type OwnForm = 'text' | 'number' | 'choice' | 'lines' | 'order' | 'json';

/** The form in which the sides' values are written best. */
export function formOf({ kind, base, ours, theirs }: Pick<Conflict, 'kind' | 'base' | 'ours' | 'theirs'>): OwnForm {
  if (kind === 'MESSAGE_ORDER') return 'order';
  if (kind === 'MESSAGE_ROLE') return 'choice';
  if (kind === 'MESSAGE_REMOVED') return 'text';
  const values = [base, ours, theirs].filter((value) => value !== null && value !== undefined);
  if (values.every((value) => typeof value === 'string')) return 'text';
  if (values.every((value) => typeof value === 'number')) return 'number';
  if (values.every((value) => typeof value === 'boolean')) return 'choice';
  if (values.every((value) => Array.isArray(value) && value.every((item) => typeof item === 'string'))) return 'lines';
  return 'json';
}

/** What stands in the field at first, made from one of the sides. */
export function ownText(form: OwnForm, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (form === 'json') return JSON.stringify(value, null, 2);
  if (form === 'lines' || form === 'order') return Array.isArray(value) ? value.join('\n') : '';
  if (typeof value === 'object') return 'content' in value ? String(value.content) : JSON.stringify(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The value that was written, or why it can't be read. */
export function readOwn({ kind, ours, theirs, base }: Pick<Conflict, 'kind' | 'base' | 'ours' | 'theirs'>, form: OwnForm, text: string): { value: unknown } | { problem: string } {
  if (kind === 'MESSAGE_REMOVED') return { value: { role: roleOf(ours) ?? roleOf(theirs) ?? roleOf(base) ?? 'USER', content: text } };
  switch (form) {
    case 'text':
      return { value: text };
    case 'number':
      return text.trim() === '' || !Number.isFinite(Number(text)) ? { problem: 'Give a number.' } : { value: Number(text) };
    case 'choice':
      return { value: text === 'true' ? true : text === 'false' ? false : text };
    case 'lines':
    case 'order':
      return { value: text.split('\n').filter((line) => line !== '') };
    case 'json':
      try {
        return { value: JSON.parse(text) as unknown };
      } catch (error) {
        return { problem: `This is no JSON: ${error instanceof Error ? error.message : 'it can’t be read'}.` };
      }
  }
}

const roleOf = (value: unknown): string | undefined => (typeof value === 'object' && value !== null && 'role' in value && typeof value.role === 'string' ? value.role : undefined);
