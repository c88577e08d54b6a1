import { z } from 'zod';
import { type ExecutionFilterInput } from '../../../../schema/execution-history.js';
import { InvalidInputError, NotFoundError } from '../../../errors.js';
import { exactText, isId, parseInput, withoutNulls } from '../../../input.js';
import { executionStatuses, executionTriggers, waitReasons } from '../execution.types.js';

const longestSearch = 200;

const filterSchema = z.object({
  workflowId: z.string().optional(),
  statuses: z.array(z.enum(executionStatuses)).default([]),
  triggers: z.array(z.enum(executionTriggers)).default([]),
  /** Created at this time or later. */
  from: z.date().optional(),
  /** Created before this time. */
  to: z.date().optional(),
  /** All of these. */
  labels: z.array(exactText()).max(20, 'Ask for at most 20 labels.').default([]),
  /** All, where none is named. */
  search: exactText().trim().max(longestSearch, `Search for at most ${longestSearch} characters.`).default(''),
  branch: exactText().optional(),
  replayId: z.string().optional(),
  triggerId: z.string().optional(),
  rerunOfId: z.string().optional(),
  waitingFor: z.enum(waitReasons).optional(),
});

/** Which executions of a workspace are meant. An empty list or text narrows nothing. */
export type ExecutionFilter = z.infer<typeof filterSchema>;

const idsOf = { workflowId: 'workflow', replayId: 'replay', triggerId: 'trigger', rerunOfId: 'execution' } as const;

/**
 * @throws InvalidInputError naming each field that is wrong, as `filter.<name>`
 * @throws NotFoundError for what can be the id of nothing
 */
export function readFilter(input: ExecutionFilterInput): ExecutionFilter {
  const filter = parseInput(filterSchema, withoutNulls(input), 'filter');
  for (const field of ['workflowId', 'replayId', 'triggerId', 'rerunOfId'] as const) {
    const id = filter[field];
    if (id !== undefined && !isId(id)) throw new NotFoundError(idsOf[field]);
  }
  if (filter.from && filter.to && filter.from >= filter.to) {
    throw new InvalidInputError([{ field: 'filter.to', message: 'Give a time after `from`: nothing can be created between them.' }]);
  }
  return filter;
}
