import { type Database } from '../../database/database.js';
import { type Connection } from '../../../schema/connection.js';
import { isUniqueViolation } from '../../database/unique-violation.js';
import { pageQuery, type PageRequest, toConnection } from '../../pagination.js';
import { type EventRow, newRow, toEvent, toExecution, toStepState } from './execution-row.js';
import { type ExecutionEvent, type ExecutionRecord, type ExecutionStatus, type Lockfile, type StepState } from './execution.types.js';

export interface NewExecution {
  workspaceId: string;
  workflowId: string;
  workflowVersionId: string;
  trigger: ExecutionRecord['trigger'];
  startedById: string;
  inputs: Record<string, unknown>;
  /** Which every prompt that has it is taken from. */
  branch: string | null;
  idempotencyKey?: string | undefined;
  labels?: readonly string[];
  /** What launched it; absent: nobody but whoever started it. */
  launchedBy?: { triggerId: string; deliveryId: string; maxRuns: number | undefined };
  /** How many events led to it. */
  chainDepth?: number;
  lockfile: Lockfile;
  limits: RunLimits;
  /** In the order of the workflow version. */
  stepKeys: readonly string[];
  /** What it repeats, and the keys of the steps whose results it takes over. */
  rerunOf?: { id: string; kept: ReadonlySet<string> };
}

/** How many runs of its kind may be under way, as its workflow said when it was started. */
export type RunLimits = Pick<ExecutionRecord, 'maxRuns' | 'runKey' | 'maxRunsPerKey'>;

/** Executions that belong to another one. */
export interface RelatedFilter {
  /** Those that run for a step of this execution; absent: those that run for none. */
  parentId?: string;
  parentStepKey?: string | null | undefined;
  status?: ExecutionStatus | null | undefined;
  /** Those that repeat this execution. */
  rerunOfId?: string;
  replayId?: string;
}

/** Prepared, since every follower runs it at each commit of what it follows. */
const eventsAfterSql = `SELECT event.execution_id AS "executionId", seq, type, step_key AS "stepKey", attempt, payload, at
  FROM execution_event AS event JOIN execution ON execution.id = event.execution_id
  WHERE event.execution_id = ? AND seq > ? AND execution.workspace_id = ? ORDER BY seq LIMIT ?`;

/** Those for whose steps an execution runs, the nearest first. */
const ancestorsSql = `WITH RECURSIVE ancestor AS (
    SELECT parent.*, 1 AS distance FROM execution AS child JOIN execution AS parent ON parent.id = child.parent_id WHERE child.id = ? AND child.workspace_id = ?
    UNION ALL SELECT parent.*, distance + 1 FROM ancestor JOIN execution AS parent ON parent.id = ancestor.parent_id
  ) SELECT id, workflow_id AS "workflowId", workflow_version_id AS "workflowVersionId" FROM ancestor ORDER BY distance`;

/** Executions as the API reads and starts them. Runners write through `RunStore`. */
export class ExecutionStore {
  constructor(private readonly database: Database) {}

  /** Stores the execution with its labels, its pending steps and its first event, all or nothing. */
  async create(execution: NewExecution): Promise<ExecutionRecord> {
    const createdAt = new Date();
    const { workspaceId, stepKeys, rerunOf, labels = [] } = execution;
    const kept = rerunOf && (await this.keptRows(workspaceId, rerunOf));
    const row = await this.database.prisma.execution.create({
      data: {
        ...newRow(execution, createdAt),
        ...(labels.length > 0 && { labelRows: { createMany: { data: labels.map((label) => ({ label, workspaceId })) } } }),
        steps: { createMany: { data: stepKeys.map((stepKey, position) => ({ status: 'PENDING', ...kept?.get(stepKey), stepKey, position })) } },
        events: { create: { seq: 1, type: 'EXECUTION_QUEUED', payload: '{}', at: createdAt } },
      },
    });
    return toExecution(row);
  }

  /** The same. @returns undefined when its idempotency key is taken */
  async createOnce(execution: NewExecution & { idempotencyKey: string }): Promise<ExecutionRecord | undefined> {
    try {
      return await this.create(execution);
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  async findByKey(workspaceId: string, idempotencyKey: string): Promise<ExecutionRecord | undefined> {
    const row = await this.database.prisma.execution.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
    return row ? toExecution(row) : undefined;
  }

  private async keptRows(workspaceId: string, { id, kept }: NonNullable<NewExecution['rerunOf']>) {
    const rows = await this.database.prisma.stepExecution.findMany({
      where: { executionId: id, stepKey: { in: [...kept] }, execution: { workspaceId } },
      omit: { executionId: true },
    });
    return new Map(rows.map((row) => [row.stepKey, { ...row, reused: true }]));
  }

  async find(workspaceId: string, id: string): Promise<ExecutionRecord | undefined> {
    const row = await this.database.prisma.execution.findFirst({ where: { id, workspaceId } });
    return row ? toExecution(row) : undefined;
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<ExecutionRecord[]> {
    const rows = await this.database.prisma.execution.findMany({ where: { id: { in: [...ids] }, workspaceId } });
    return rows.map(toExecution);
  }

  /** The executions for whose steps it runs, the nearest first. */
  ancestors(workspaceId: string, id: string): Promise<Pick<ExecutionRecord, 'id' | 'workflowId' | 'workflowVersionId'>[]> {
    return this.database.read(ancestorsSql, [id, workspaceId]);
  }

  /** Newest first. */
  async related(workspaceId: string, { parentId, parentStepKey, status, rerunOfId, replayId }: RelatedFilter, page: PageRequest): Promise<Connection<ExecutionRecord>> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.execution.findMany({
      ...query,
      where: { ...where, workspaceId, parentId: parentId ?? null, ...(parentStepKey && { parentStepKey }), ...(status && { status }), ...(rerunOfId && { rerunOfId }), ...(replayId && { replayId }) },
    });
    return toConnection(rows, page, toExecution);
  }

  /** @returns the steps of each execution, in the order of the workflow version */
  async steps(workspaceId: string, executionIds: readonly string[]): Promise<Map<string, StepState[]>> {
    const rows = await this.database.prisma.stepExecution.findMany({
      where: { executionId: { in: [...executionIds] }, execution: { workspaceId } },
      orderBy: { position: 'asc' },
    });
    const steps = new Map<string, StepState[]>(executionIds.map((id) => [id, []]));
    for (const row of rows) steps.get(row.executionId)?.push(toStepState(row));
    return steps;
  }

  async lastSeqs(workspaceId: string, executionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.database.prisma.executionEvent.groupBy({
      by: ['executionId'],
      where: { executionId: { in: [...executionIds] }, execution: { workspaceId } },
      _max: { seq: true },
    });
    return new Map(rows.map(({ executionId, _max }) => [executionId, _max.seq ?? 0]));
  }

  /** @returns up to `limit` events that follow sequence number `after`, in order */
  async eventsAfter(workspaceId: string, executionId: string, after: number, limit: number): Promise<ExecutionEvent[]> {
    const rows = await this.database.read<EventRow>(eventsAfterSql, [executionId, after, workspaceId, limit]);
    return rows.map(toEvent);
  }
}
