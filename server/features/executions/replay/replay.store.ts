import { type Connection } from '../../../../schema/connection.js';
import { type Database } from '../../../database/database.js';
import { isUniqueViolation } from '../../../database/unique-violation.js';
import { OrderedIds } from '../../../ordered-ids.js';
import { pageQuery, type PageRequest, toConnection } from '../../../pagination.js';
import { newRow, toInputs } from '../execution-row.js';
import { type NewExecution } from '../execution.store.js';
import { type ExecutionStatus } from '../execution.types.js';

export interface ReplayRecord {
  id: string;
  workspaceId: string;
  workflowId: string;
  branch: string;
  startedById: string;
  createdAt: Date;
}

export interface NewReplay extends Omit<ReplayRecord, 'id' | 'createdAt'> {
  idempotencyKey: string | undefined;
}

/** An execution whose inputs can be run again. */
export interface PastRun {
  id: string;
  inputs: Record<string, unknown>;
}

export interface PastRunsRequest {
  workflowId: string;
  statuses: readonly ExecutionStatus[];
  /** Only those that are older than this one. */
  before: string | undefined;
  limit: number;
}

const unfinished = { notIn: ['COMPLETED', 'FAILED', 'CANCELLED'] };

export class ReplayStore {
  private readonly ids = new OrderedIds();

  constructor(private readonly database: Database) {}

  /** Newest first: those that somebody asked for, and not to repeat others. */
  async pastRuns(workspaceId: string, { workflowId, statuses, before, limit }: PastRunsRequest): Promise<PastRun[]> {
    const rows = await this.database.prisma.execution.findMany({
      where: { workspaceId, workflowId, status: { in: [...statuses] }, parentId: null, rerunOfId: null, ...(before && { id: { lt: before } }) },
      orderBy: { id: 'desc' },
      take: limit,
      select: { id: true, inputs: true },
    });
    return rows.map(({ id, inputs }) => ({ id, inputs: toInputs(inputs) }));
  }

  /**
   * Stores a replay with all of its executions, or nothing.
   * @param executions in the order in which they are to run
   * @returns undefined where the idempotency key has been used
   */
  async create(replay: NewReplay, executions: readonly NewExecution[]): Promise<{ replay: ReplayRecord; executionIds: string[] } | undefined> {
    const at = new Date();
    const id = this.ids.next(at);
    const named = executions.map((execution) => ({ id: this.ids.next(at), execution }));
    const { prisma } = this.database;
    try {
      const [row] = await prisma.$transaction([
        prisma.replay.create({ data: { ...replay, idempotencyKey: replay.idempotencyKey ?? null, id, createdAt: at } }),
        prisma.execution.createMany({ data: named.map(({ id: executionId, execution }) => ({ ...newRow(execution, at), id: executionId, replayId: id })) }),
        prisma.stepExecution.createMany({
          data: named.flatMap(({ id: executionId, execution }) => execution.stepKeys.map((stepKey, position) => ({ executionId, stepKey, position, status: 'PENDING' }))),
        }),
        prisma.executionEvent.createMany({ data: named.map(({ id: executionId }) => ({ executionId, seq: 1, type: 'EXECUTION_QUEUED', payload: '{}', at })) }),
      ]);
      return { replay: row, executionIds: named.map(({ id: executionId }) => executionId) };
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<ReplayRecord[]> {
    return this.database.prisma.replay.findMany({ where: { workspaceId, id: { in: [...ids] } } });
  }

  async findByKey(workspaceId: string, idempotencyKey: string): Promise<ReplayRecord | undefined> {
    return (await this.database.prisma.replay.findFirst({ where: { workspaceId, idempotencyKey } })) ?? undefined;
  }

  /** Newest first. */
  async list(workspaceId: string, workflowId: string, page: PageRequest): Promise<Connection<ReplayRecord>> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.replay.findMany({ ...query, where: { ...where, workspaceId, workflowId } });
    return toConnection(rows, page, (row) => row);
  }

  /** Those of which an execution has not ended. */
  countUnfinished(workspaceId: string): Promise<number> {
    return this.database.prisma.replay.count({ where: { workspaceId, executions: { some: { status: unfinished } } } });
  }

  async unfinishedExecutions(workspaceId: string, replayId: string): Promise<string[]> {
    const rows = await this.database.prisma.execution.findMany({ where: { workspaceId, replayId, status: unfinished }, select: { id: true } });
    return rows.map(({ id }) => id);
  }
}
