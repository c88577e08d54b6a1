import { type Engine } from '../../../database/database.js';
import { Prisma } from '../../../database/generated/sqlite/client.js';
import { containsText } from '../../../database/text-search.js';
import { firstIdAt } from '../../../ordered-ids.js';
import { type ExecutionFilter } from './execution-filter.js';

/** An id is made within this time of its execution, whichever process makes it. */
const idToleranceMs = 60 * 60_000;

/**
 * A condition on `execution`: those of the workspace that pass the filter. Those that run for a step of another one are left out, unless what is
 * asked for is what they wait for.
 */
export function matching(engine: Engine, workspaceId: string, filter: ExecutionFilter): Prisma.Sql {
  const { workflowId, statuses, triggers, from, to, labels, search, branch, replayId, triggerId, rerunOfId, waitingFor } = filter;
  return Prisma.join(
    [
      Prisma.sql`execution.workspace_id = ${workspaceId}`,
      waitingFor === undefined ? Prisma.sql`execution.parent_id IS NULL` : waitsFor(workspaceId, waitingFor),
      ...(workflowId === undefined ? [] : [Prisma.sql`execution.workflow_id = ${workflowId}`]),
      ...(statuses.length === 0 ? [] : [Prisma.sql`execution.status IN (${Prisma.join(statuses)})`]),
      ...(triggers.length === 0 ? [] : [Prisma.sql`execution.trigger IN (${Prisma.join(triggers)})`]),
      // The ids narrow what is read, since they come in the order of time and have an index; the time itself decides.
      ...(from ? [Prisma.sql`execution.id >= ${firstIdAt(from.getTime() - idToleranceMs)} AND execution.created_at >= ${from}`] : []),
      ...(to ? [Prisma.sql`execution.id < ${firstIdAt(to.getTime() + idToleranceMs)} AND execution.created_at < ${to}`] : []),
      ...labels.map((label) => labelled(workspaceId, label)),
      ...(branch === undefined ? [] : [Prisma.sql`execution.branch = ${branch}`]),
      ...(replayId === undefined ? [] : [Prisma.sql`execution.replay_id = ${replayId}`]),
      ...(triggerId === undefined ? [] : [Prisma.sql`execution.trigger_id = ${triggerId}`]),
      ...(rerunOfId === undefined ? [] : [Prisma.sql`execution.rerun_of_id = ${rerunOfId}`]),
      ...(search === '' ? [] : [mentions(engine, workspaceId, search)]),
    ],
    ' AND ',
  );
}

function labelled(workspaceId: string, label: string): Prisma.Sql {
  return Prisma.sql`execution.id IN (SELECT l.execution_id FROM execution_label l WHERE l.workspace_id = ${workspaceId} AND l.label = ${label})`;
}

function waitsFor(workspaceId: string, reason: string): Prisma.Sql {
  return Prisma.sql`execution.id IN (SELECT s.execution_id FROM execution unfinished JOIN step_execution s ON s.execution_id = unfinished.id
    WHERE unfinished.workspace_id = ${workspaceId} AND unfinished.finished_at IS NULL AND s.status = 'WAITING' AND s.waiting_for LIKE ${`{"reason":"${reason}"%`})`;
}

function mentions(engine: Engine, workspaceId: string, text: string): Prisma.Sql {
  // As the text stands within the JSON of these columns.
  const written = JSON.stringify(text).slice(1, -1);
  return Prisma.sql`(${containsText(engine, ['inputs', 'output', 'error'], written)} OR ${containsText(engine, ['id'], text)}
    OR execution.workflow_id IN (SELECT workflow.id FROM workflow WHERE workflow.workspace_id = ${workspaceId} AND ${containsText(engine, ['name'], text)}))`;
}
