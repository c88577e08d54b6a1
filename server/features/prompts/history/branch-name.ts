import { z } from 'zod';
import { fitsNewNameRule, isLabelOrBranchName, nameRule, newNameRule, resemblesVersionNumber } from '../label-or-branch-name.js';

/** What always exists. */
export const mainBranch = 'main';

export const branchName = z.string().trim().refine(isLabelOrBranchName, { error: nameRule, abort: true });

/** What a branch that is made now may be called. What looks like a version's number is none: nobody could tell what a reference to it means. */
export const newBranchName = branchName
  .refine((name) => !resemblesVersionNumber(name), 'This looks like a version number. Choose a word, such as shorter.')
  .refine(fitsNewNameRule, newNameRule);
