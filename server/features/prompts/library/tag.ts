import { z } from 'zod';
import { exactText } from '../../../input.js';

const mostTags = 20;
const longestTag = 40;

/** A tag as it is kept: however it is typed, it is the same one in any case and with any number of spaces. */
const tagName = exactText()
  .normalize()
  .toLowerCase()
  .overwrite((tag) => tag.replace(/\s+/gu, ' '))
  .trim()
  .min(1, 'A tag must not be empty.')
  .max(longestTag, `Keep a tag to ${longestTag} characters.`)
  .regex(/^\P{Cc}*$/u, 'Keep a tag free of control characters.');

/** The tags of a prompt, each once, in the order of the alphabet. */
export const tagList = z
  .array(tagName)
  .transform((tags) => [...new Set(tags)].sort())
  .refine((tags) => tags.length <= mostTags, `Give at most ${mostTags} tags.`);
