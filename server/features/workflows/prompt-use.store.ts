import { z } from 'zod';
import { type Database } from '../../database/database.js';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';

/** The newest version of a workflow. */
export interface WorkflowHead {
  workflowId: string;
  workflowName: string;
  definition: WorkflowDefinition;
}

const rows = z.array(z.object({ workflowId: z.string(), workflowName: z.string(), definition: z.string() }));

export class PromptUseStore {
  constructor(private readonly database: Database) {}

  /**
   * The newest versions of workflows in whose definition one of the prompts' ids stands anywhere: few, of which those that run
   * none of the prompts have to be told apart. In the order of the workflows' names.
   */
  async findMentions(workspaceId: string, promptIds: readonly string[]): Promise<WorkflowHead[]> {
    if (promptIds.length === 0) return [];
    // An id has no wildcard in it.
    const mentions = Prisma.join(
      promptIds.map((id) => Prisma.sql`v.definition LIKE ${`%${id}%`}`),
      ' OR ',
    );
    const found = await this.database.prisma.$queryRaw(
      Prisma.sql`SELECT w.id AS "workflowId", w.name AS "workflowName", v.definition AS "definition"
        FROM workflow w JOIN workflow_version v ON v.workflow_id = w.id AND v.number = w.latest_number
        WHERE w.workspace_id = ${workspaceId} AND (${mentions}) ORDER BY w.name, w.id`,
    );
    return rows.parse(found).map(({ definition, ...workflow }) => ({ ...workflow, definition: workflowDefinitionSchema.parse(JSON.parse(definition)) }));
  }
}
