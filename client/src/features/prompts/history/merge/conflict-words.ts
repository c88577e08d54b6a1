import { diffWordsWithSpace } from 'diff';
import { fieldInWords, valueInWords, type Section } from '../diff/field-words';
import { roleNames, type MessageRole } from '../../editor/prompt-draft';
import type { Conflict } from './merge.operations';

interface ReadMessage {
  id: string;
  role: MessageRole;
  content: string;
}

/** Where a conflict is, as a person would say it. */
export function titleOf({ id, kind, target }: Pick<Conflict, 'id' | 'kind' | 'target'>): string {
  const [part = '', name = '', ...rest] = id.split('/');
  const field = rest.join('/');
  if (kind === 'SETTING') return fieldInWords('settings', [name, ...rest].join('/'));
  if (kind === 'OUTPUT_SCHEMA') return part === id ? 'Output schema' : `Output schema › ${fieldInWords('outputSchema', id.slice(part.length + 1))}`;
  if (kind === 'VARIABLE' && field) return `Variable ${name} › ${fieldInWords('variables', field)}`;
  if (kind === 'TOOL' && field) return `Tool ${name} › ${fieldInWords('tools', field)}`;
  return target;
}

/** One side of a conflict as text; null where nothing is there. */
export function sideInWords({ id, kind }: Pick<Conflict, 'id' | 'kind'>, value: unknown, messages: readonly ReadMessage[]): string | null {
  if (value === null || value === undefined) return null;
  const [, name = '', ...rest] = id.split('/');
  switch (kind) {
    case 'MESSAGE_TEXT':
      return typeof value === 'string' ? value : JSON.stringify(value);
    case 'MESSAGE_ROLE':
      return isRole(value) ? roleNames[value] : JSON.stringify(value);
    case 'MESSAGE_REMOVED':
      return hasContent(value) ? value.content : JSON.stringify(value, null, 2);
    case 'MESSAGE_ORDER':
      return Array.isArray(value) ? value.map((each, index) => `${index + 1}. ${messageInWords(String(each), messages)}`).join('\n') : JSON.stringify(value);
    case 'SETTING':
      return valueInWords('settings', [name, ...rest].join('/'), value);
    case 'OUTPUT_SCHEMA':
      return valueInWords('outputSchema', id.slice('outputSchema/'.length), value);
    case 'VARIABLE':
      return rest.length > 0 ? valueInWords('variables', rest.join('/'), value) : wholeInWords('variables', value);
    case 'TOOL':
      return rest.length > 0 ? valueInWords('tools', rest.join('/'), value) : wholeInWords('tools', value);
    default:
      return JSON.stringify(value, null, 2);
  }
}

/** A message as a list of messages names it: `System: Be brief and…`. */
export function messageInWords(id: string, messages: readonly ReadMessage[]): string {
  const message = messages.find((each) => each.id === id);
  if (!message) return 'A message';
  const text = message.content.replace(/\s+/g, ' ').trim();
  return `${roleNames[message.role]}: ${text.length > 60 ? `${text.slice(0, 59)}…` : text || 'empty'}`;
}

function wholeInWords(section: Section, value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Object.entries(value)
    .filter(([field, each]) => field !== 'name' && each !== '' && each !== null)
    .map(([field, each]) => `${fieldInWords(section, field)}: ${valueInWords(section, field, each)}`)
    .join('\n');
}

export interface Word {
  text: string;
  changed: boolean;
}

/** The side's words, with those marked that the base has not. */
export function wordsAgainst(base: string | null, side: string): Word[] {
  if (base === null) return [{ text: side, changed: true }];
  return diffWordsWithSpace(base, side).filter(({ removed }) => !removed).map(({ value, added }) => ({ text: value, changed: added }));
}

const isRole = (value: unknown): value is MessageRole => typeof value === 'string' && value in roleNames;

const hasContent = (value: unknown): value is { content: string } => typeof value === 'object' && value !== null && 'content' in value && typeof value.content === 'string';
