import { z } from 'zod';
import { checkExpression } from '../../../sandbox/expression.js';
import { eventPatternSchema } from './event-pattern.js';

const filterSchema = z.string().trim().min(1, 'Write a condition, or leave it out.').superRefine((text, context) => {
  const problem = checkExpression(text);
  if (problem) context.addIssue({ code: 'custom', message: problem });
});

/** Which events a trigger waits for. */
export const eventSettingsSchema = z.strictObject({
  /** May hold `*`. */
  type: eventPatternSchema,
  /** JSONata over `{ type, payload }`: what is not true does not launch anything. */
  filter: filterSchema.optional(),
});
