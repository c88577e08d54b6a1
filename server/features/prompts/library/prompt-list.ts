import { z } from 'zod';
import { InvalidInputError } from '../../../errors.js';
import { type PromptRecord } from '../prompt.store.js';
import { type FolderRecord } from './folder.js';

const orders = ['UPDATED', 'CREATED', 'NAME'] as const;
export type PromptOrder = (typeof orders)[number];

/** What a list may be narrowed to; what is undefined narrows nothing. */
export interface PromptFilter {
  /** With the folders within it. */
  folderId?: string | undefined;
  /** In no folder. */
  unfiled: boolean;
  /** All of them. */
  tags: readonly string[];
  kind?: PromptRecord['kind'] | undefined;
  /** It has a label of this name. */
  label?: string | undefined;
  /** Those that are archived, and only those; else those that are not. */
  archived: boolean;
}

/** A prompt as a list shows it. */
export interface ListedPrompt extends PromptRecord {
  tags: string[];
  folder: FolderRecord | undefined;
}

/** Where a prompt stands in a list. */
export interface ListPlace {
  /** How well it fits what was looked for; 0 where nothing was. */
  rank: number;
  /** What the list is in the order of: a time in milliseconds, or a name as `words.ts` reads it. */
  key: number | string;
  id: string;
}

/** A cursor is good for the order that it was given for, and only where there was a search, too. */
export function cursorOf(order: PromptOrder, searched: boolean, { rank, key, id }: ListPlace): string {
  return Buffer.from(JSON.stringify([order, searched ? rank : null, key, id])).toString('base64url');
}

const cursorSchema = z.tuple([z.enum(orders), z.int().min(0).nullable(), z.union([z.number(), z.string()]), z.uuid()]);

/** @throws InvalidInputError for what is no cursor of a list of this order */
export function placeOfCursor(cursor: string, order: PromptOrder, searched: boolean): ListPlace {
  const parsed = cursorSchema.safeParse(jsonOf(Buffer.from(cursor, 'base64url').toString()));
  const [cursorOrder, rank = null, key = '', id = ''] = parsed.data ?? [];
  const isName = typeof key === 'string';
  if (cursorOrder !== order || isName !== (order === 'NAME') || (rank !== null) !== searched || !isStorable(key)) {
    throw new InvalidInputError([{ field: 'after', message: 'This is not a cursor that this list returned in this order. Begin again without one.' }]);
  }
  return { rank: rank ?? 0, key, id };
}

function isStorable(key: number | string): boolean {
  return typeof key === 'string' ? !key.includes('\0') && key.isWellFormed() : Number.isInteger(key) && Math.abs(key) <= 8.64e15;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
