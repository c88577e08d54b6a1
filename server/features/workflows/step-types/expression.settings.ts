import { z } from 'zod';
import { exactText } from '../../../input.js';
import { checkExpression } from '../../../sandbox/expression.js';

const longestExpression = 10_000;

/** JSONata that can be parsed. */
export const expressionSchema = z
  .string('Write a JSONata expression.')
  .pipe(exactText())
  .refine((text) => text.trim() !== '', { message: 'Write a JSONata expression.', abort: true })
  .refine((text) => text.length <= longestExpression, { message: `Keep this to ${longestExpression} characters.`, abort: true })
  .superRefine((text, context) => {
    const problem = checkExpression(text);
    if (problem) context.addIssue(problem);
  });
