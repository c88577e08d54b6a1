import { z } from 'zod';
import { type FieldProblem } from '../../../errors.js';

/** The settings of a step type: an object of exactly these. `example` tells somebody who gives something else what to give. */
export function settingsObject<Shape extends z.ZodRawShape>(shape: Shape, example: string) {
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? `There is no setting named ${issue.keys?.join(', ')}.` : example),
  });
}

/** What is wrong with settings, by fields relative to their step. */
export function settingsProblems(error: z.ZodError): FieldProblem[] {
  return error.issues.map(({ path, message }) => ({ field: ['settings', ...path].join('.'), message }));
}
