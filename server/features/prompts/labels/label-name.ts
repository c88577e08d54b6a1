import { z } from 'zod';
import { fitsNewNameRule, isLabelOrBranchName, nameRule, newNameRule, resemblesVersionNumber } from '../label-or-branch-name.js';

/** The name of a label, such as `production`. What looks like a version's number is none: nobody could tell what a reference to it means. */
export const labelName = z
  .string()
  .trim()
  .refine(isLabelOrBranchName, { error: nameRule, abort: true })
  .refine((name) => !resemblesVersionNumber(name), 'This looks like a version number. Choose a word, such as production.');

/** What a label that is made now may be called. */
export const newLabelName = labelName.refine(fitsNewNameRule, newNameRule);
