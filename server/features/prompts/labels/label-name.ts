import { z } from 'zod';

const pattern = /^[a-z0-9][a-z0-9._/-]{0,49}$/;
const versionNumber = /^v?\d+(\.\d+)*$/;

/** The name of a label, such as `production`. What looks like a version's number is none: nobody could tell what a reference to it means. */
export const labelName = z
  .string()
  .trim()
  .regex(pattern, 'Use lower-case letters, digits and . _ / -, a letter or digit first, at most 50 characters.')
  .refine((name) => !versionNumber.test(name), 'This looks like a version number. Choose a word, such as production.');
