import { z } from 'zod';
import { InvalidInputError } from '../../errors.js';
import { exactText, parseInput, withoutNulls } from '../../input.js';
import { auditActorTypes, auditOutcomes } from './audit.types.js';

const longestSearch = 200;
const word = exactText().max(200, 'Keep this to 200 characters.').optional();

const filterSchema = z.object({
  actorType: z.enum(auditActorTypes).optional(),
  actorId: word,
  /** Ends in `*` where it is the beginning of several. */
  action: exactText()
    .regex(/^[a-zA-Z0-9.-]*\*?$/, 'Give an action such as secret.read, or the beginning of one and *.')
    .optional(),
  subjectType: word,
  subjectId: word,
  from: z.date().optional(),
  to: z.date().optional(),
  outcome: z.enum(auditOutcomes).optional(),
  search: exactText().trim().max(longestSearch, `Search for at most ${longestSearch} characters.`).default(''),
});

/** Which entries of a workspace are meant. */
export type AuditFilter = z.infer<typeof filterSchema>;

/** @throws InvalidInputError naming each field that is wrong, as `filter.<name>` */
export function readAuditFilter(input: object): AuditFilter {
  const filter = parseInput(filterSchema, withoutNulls(input), 'filter');
  if (filter.from && filter.to && filter.from >= filter.to) {
    throw new InvalidInputError([{ field: 'filter.to', message: 'Give a time after `from`: nothing can be between them.' }]);
  }
  return filter;
}
