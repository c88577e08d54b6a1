import { z } from 'zod';
import { line } from '../../../input.js';

const mostLabels = 20;
const longestLabel = 50;

/** What an execution is found by: each label once, in the order in which they were given. */
export const executionLabels = z
  .array(line(longestLabel))
  .transform((labels) => [...new Set(labels)])
  .refine((labels) => labels.length <= mostLabels, `Give at most ${mostLabels} labels.`);
