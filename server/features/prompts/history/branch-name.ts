import { z } from 'zod';

/** What always exists. */
export const mainBranch = 'main';

export const branchName = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9._/-]{0,49}$/, 'Use lower-case letters, digits and . _ / -, a letter or digit first, at most 50 characters.');
