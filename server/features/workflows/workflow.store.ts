import { z } from 'zod';
import { contentHash } from '../../content-hash.js';
import { type Database } from '../../database/database.js';
import { Prisma, type Workflow, type WorkflowVersion } from '../../database/generated/sqlite/client.js';
import { containsText } from '../../database/text-search.js';
import { isUniqueViolation } from '../../database/unique-violation.js';
import { type PageRequest, pageQuery } from '../../pagination.js';
import { type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';

export interface WorkflowRecord {
  id: string;
  name: string;
  description: string;
  /** The number of the newest version. */
  latestNumber: number;
  createdAt: Date;
  updatedAt: Date;
}

export interface WorkflowVersionRecord {
  id: string;
  workflowId: string;
  /** 1, 2, 3, … within the workflow. */
  number: number;
  message: string;
  authorId: string;
  definition: WorkflowDefinition;
  contentHash: string;
  createdAt: Date;
}

export interface NewWorkflowVersion {
  definition: WorkflowDefinition;
  message: string;
  authorId: string;
}

export type WorkflowSaved = { outcome: 'saved'; workflow: WorkflowRecord } | { outcome: 'name-taken' | 'outdated' };

export class WorkflowStore {
  constructor(private readonly database: Database) {}

  /** Makes a workflow with version 1. @returns undefined when the name is taken */
  async create(workspaceId: string, workflow: Pick<WorkflowRecord, 'name' | 'description'>, first: NewWorkflowVersion): Promise<WorkflowRecord | undefined> {
    try {
      const version = { ...versionData(first), workspaceId, number: 1 };
      const row = await this.database.prisma.workflow.create({
        data: { ...workflow, workspaceId, latestNumber: 1, versions: { create: version } },
      });
      return toWorkflow(row);
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  }

  /** Changes a workflow, and adds a version to it where there is one. @returns `outdated` when another version was saved since it was read */
  async save(
    workspaceId: string,
    { id, latestNumber }: WorkflowRecord,
    changes: Partial<Pick<WorkflowRecord, 'name' | 'description'>>,
    version: NewWorkflowVersion | undefined,
  ): Promise<WorkflowSaved> {
    const number = version ? latestNumber + 1 : latestNumber;
    try {
      return await this.database.prisma.$transaction(async (tx) => {
        const { count } = await tx.workflow.updateMany({
          where: { id, workspaceId, latestNumber },
          data: { ...changes, latestNumber: number, updatedAt: new Date() },
        });
        if (count === 0) return { outcome: 'outdated' };
        if (version) await tx.workflowVersion.create({ data: { ...versionData(version), workspaceId, workflowId: id, number } });
        return { outcome: 'saved', workflow: toWorkflow(await tx.workflow.findUniqueOrThrow({ where: { id } })) };
      });
    } catch (error) {
      if (isUniqueViolation(error)) return { outcome: 'name-taken' };
      throw error;
    }
  }

  async findMany(workspaceId: string, ids: readonly string[]): Promise<WorkflowRecord[]> {
    const rows = await this.database.prisma.workflow.findMany({ where: { workspaceId, id: { in: [...ids] } } });
    return rows.map(toWorkflow);
  }

  async findVersions(workspaceId: string, ids: readonly string[]): Promise<WorkflowVersionRecord[]> {
    const rows = await this.database.prisma.workflowVersion.findMany({ where: { workspaceId, id: { in: [...ids] } } });
    return rows.map(toVersion);
  }

  /** The newest version of each workflow that exists. */
  async findHeads(workspaceId: string, workflowIds: readonly string[]): Promise<WorkflowVersionRecord[]> {
    const workflows = await this.findMany(workspaceId, workflowIds);
    if (workflows.length === 0) return [];
    const rows = await this.database.prisma.workflowVersion.findMany({
      where: { workspaceId, OR: workflows.map(({ id, latestNumber }) => ({ workflowId: id, number: latestNumber })) },
    });
    return rows.map(toVersion);
  }

  /** One row more than the page, for `toConnection`. */
  async list(workspaceId: string, page: PageRequest, search: string | undefined): Promise<WorkflowRecord[]> {
    const { where, ...query } = pageQuery(page);
    if (search === undefined) {
      const rows = await this.database.prisma.workflow.findMany({ ...query, where: { ...where, workspaceId } });
      return rows.map(toWorkflow);
    }
    const matches = containsText(this.database.engine, ['name', 'description'], search);
    const before = where.id ? Prisma.sql`AND id < ${where.id.lt}` : Prisma.empty;
    const found = await this.database.prisma.$queryRaw(
      Prisma.sql`SELECT id FROM workflow WHERE workspace_id = ${workspaceId} AND ${matches} ${before} ORDER BY id DESC LIMIT ${query.take}`,
    );
    const ids = idRows.parse(found).map(({ id }) => id);
    const rows = await this.database.prisma.workflow.findMany({ where: { workspaceId, id: { in: ids } }, orderBy: query.orderBy });
    return rows.map(toWorkflow);
  }

  /** One row more than the page, for `toConnection`. */
  async listVersions(workspaceId: string, workflowId: string, page: PageRequest): Promise<WorkflowVersionRecord[]> {
    const { where, ...query } = pageQuery(page);
    const rows = await this.database.prisma.workflowVersion.findMany({ ...query, where: { ...where, workspaceId, workflowId } });
    return rows.map(toVersion);
  }
}

const idRows = z.array(z.object({ id: z.string() }));

function versionData({ definition, message, authorId }: NewWorkflowVersion) {
  return { message, authorId, definition: JSON.stringify(definition), contentHash: contentHash(definition) };
}

function toWorkflow({ id, name, description, latestNumber, createdAt, updatedAt }: Workflow): WorkflowRecord {
  return { id, name, description, latestNumber, createdAt, updatedAt };
}

function toVersion({ id, workflowId, number, message, authorId, definition, contentHash: hash, createdAt }: WorkflowVersion): WorkflowVersionRecord {
  const stored = workflowDefinitionSchema.parse(JSON.parse(definition));
  return { id, workflowId, number, message, authorId, definition: stored, contentHash: hash, createdAt };
}
