import { z } from 'zod';
import { type Database } from '../../database/database.js';
import { Prisma } from '../../database/generated/sqlite/client.js';
import { type WorkflowDefinition, workflowDefinitionSchema } from './definition.js';

/** The newest version of a workflow, and a prompt that stands in it. */
export interface PromptMention {
  promptId: string;
  path: string;
  workflowId: string;
  workflowName: string;
  definition: WorkflowDefinition;
}

const rows = z.array(z.object({ promptId: z.string(), path: z.string(), workflowId: z.string(), workflowName: z.string(), definition: z.string() }));

export class PromptUseStore {
  constructor(private readonly database: Database) {}

  /**
   * The newest versions of workflows in whose definition one of the prompts' ids stands anywhere, or its path in one that has prompts of its own:
   * few, of which those that use none of the prompts have to be told apart. In the order of the workflows' names.
   */
  async findMentions(workspaceId: string, promptIds: readonly string[]): Promise<PromptMention[]> {
    if (promptIds.length === 0) return [];
    const found = await this.database.prisma.$queryRaw(
      // An id has no wildcard in it; that of a path, which is _, finds too much rather than too little.
      Prisma.sql`SELECT p.id AS "promptId", p.path AS "path", w.id AS "workflowId", w.name AS "workflowName", v.definition AS "definition"
        FROM prompt p JOIN workflow w ON w.workspace_id = p.workspace_id JOIN workflow_version v ON v.workflow_id = w.id AND v.number = w.latest_number
        WHERE p.workspace_id = ${workspaceId} AND p.id IN (${Prisma.join([...promptIds])})
        AND (v.definition LIKE '%' || p.id || '%' OR v.definition LIKE '%"inline"%' AND v.definition LIKE '%' || p.path || '%') ORDER BY w.name, w.id`,
    );
    return rows.parse(found).map(({ definition, ...workflow }) => ({ ...workflow, definition: workflowDefinitionSchema.parse(JSON.parse(definition)) }));
  }
}
