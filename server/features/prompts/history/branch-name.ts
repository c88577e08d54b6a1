import { z } from 'zod';

/** What always exists. */
export const mainBranch = 'main';

export const branchName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._/-]{0,49}$/, 'Use lower-case letters, digits and . _ / -, a letter or digit first, at most 50 characters.');

/** What a branch that is made now may be called. What looks like a version's number is none: nobody could tell what a reference to it means. */
export const newBranchName = branchName.refine((name) => !/^v?\d+(\.\d+)*$/.test(name), 'This looks like a version number. Choose a word, such as shorter.');
