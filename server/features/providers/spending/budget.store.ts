import { z } from 'zod';
import { type Database } from '../../../database/database.js';
import { type Prisma } from '../../../database/generated/sqlite/client.js';
import { type BudgetPeriod } from './periods.js';

export interface BudgetRecord {
  id: string;
  /** Empty: the whole workspace. */
  workflowId: string;
  period: BudgetPeriod;
  limitUsd: number;
}

const periodSchema = z.enum(['DAY', 'MONTH']);

export class BudgetStore {
  constructor(private readonly database: Database) {}

  /** Those of the whole workspace first, then by workflow. */
  async all(workspaceId: string): Promise<BudgetRecord[]> {
    return (await this.database.prisma.budget.findMany({ where: { workspaceId }, orderBy: [{ workflowId: 'asc' }, { period: 'asc' }] })).map(toRecord);
  }

  /** There is one for a subject and a period: this one from now on. */
  async set(workspaceId: string, { workflowId, period, limitUsd }: Omit<BudgetRecord, 'id'>): Promise<BudgetRecord> {
    const where = { workspaceId_workflowId_period: { workspaceId, workflowId, period } };
    return toRecord(await this.database.prisma.budget.upsert({ where, create: { workspaceId, workflowId, period, limitUsd }, update: { limitUsd } }));
  }

  /** @returns false when the workspace has no such budget */
  async remove(workspaceId: string, id: string): Promise<boolean> {
    return (await this.database.prisma.budget.deleteMany({ where: { id, workspaceId } })).count > 0;
  }
}

function toRecord({ id, workflowId, period, limitUsd }: Prisma.BudgetModel): BudgetRecord {
  return { id, workflowId, period: periodSchema.parse(period), limitUsd };
}
