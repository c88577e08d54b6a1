import { z } from 'zod';
import { type ChildState } from '../../../../schema/step-inspection.js';
import { type Database } from '../../../database/database.js';
import { isAnyOf } from '../../../database/is-any-of.js';
import { type EventRow, toEvent } from '../execution-row.js';
import { type ExecutionEvent, executionStatuses } from '../execution.types.js';
import { type AttemptEvent, attemptEventTypes } from './step-attempts.js';

const attemptEventSchema = z.enum(attemptEventTypes);
const statusSchema = z.enum(executionStatuses);

const ofSteps = (isOneOfThem: string) => `FROM execution_event AS event JOIN execution ON execution.id = event.execution_id
  WHERE execution.workspace_id = ? AND event.execution_id ${isOneOfThem}`;

const columns = `event.execution_id AS "executionId", seq, type, step_key AS "stepKey", attempt, at`;

/** Of the newest logs of a step, as many as are ever looked at. */
const mostLogs = 1_000;

/** What the events of executions tell of their steps, for many at a time. */
export class InspectionStore {
  constructor(private readonly database: Database) {}

  /** Of all steps, in order, without what completed ones gave: that may be long, and stands with the step. */
  async attemptEvents(workspaceId: string, executionIds: readonly string[]): Promise<AttemptEvent[]> {
    const events = await this.read(
      `SELECT ${columns}, CASE WHEN type = 'STEP_COMPLETED' THEN '{}' ELSE payload END AS payload ${ofSteps(isAnyOf[this.database.engine])}
         AND type IN (${attemptEventTypes.map((type) => `'${type}'`).join(', ')}) ORDER BY event.execution_id, seq`,
      workspaceId,
      executionIds,
    );
    return events.map((event) => ({ ...event, type: attemptEventSchema.parse(event.type) }));
  }

  /** The newest 1,000 of each step, in order. */
  logEvents(workspaceId: string, executionIds: readonly string[]): Promise<ExecutionEvent[]> {
    return this.read(
      `SELECT "executionId", seq, type, "stepKey", attempt, at, payload FROM (
         SELECT ${columns}, payload, row_number() OVER (PARTITION BY event.execution_id, step_key ORDER BY seq DESC) AS age ${ofSteps(isAnyOf[this.database.engine])} AND type = 'STEP_LOG'
       ) AS log WHERE age <= ${mostLogs} ORDER BY "executionId", seq`,
      workspaceId,
      executionIds,
    );
  }

  /** How many of the executions that run for each step stand in each status, in the order in which statuses are passed through. */
  async childStates(workspaceId: string, executionIds: readonly string[]): Promise<(ChildState & { executionId: string; stepKey: string })[]> {
    const rows = await this.database.read<{ executionId: string; stepKey: string; status: string; count: number }>(
      `SELECT parent_id AS "executionId", parent_step_key AS "stepKey", status, CAST(count(*) AS INTEGER) AS count FROM execution
         WHERE workspace_id = ? AND parent_id ${isAnyOf[this.database.engine]} GROUP BY parent_id, parent_step_key, status`,
      [workspaceId, JSON.stringify(executionIds)],
    );
    const states = rows.map((row) => ({ ...row, status: statusSchema.parse(row.status) }));
    return states.sort((one, other) => executionStatuses.indexOf(one.status) - executionStatuses.indexOf(other.status));
  }

  private async read(sql: string, workspaceId: string, executionIds: readonly string[]): Promise<ExecutionEvent[]> {
    const rows = await this.database.read<EventRow>(sql, [workspaceId, JSON.stringify(executionIds)]);
    return rows.map(toEvent);
  }
}
