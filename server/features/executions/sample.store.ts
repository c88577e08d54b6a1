import { type Database } from '../../database/database.js';
import { toExecution, toStepState } from './execution-row.js';
import { type ExecutionRecord, type StepState } from './execution.types.js';

export interface SampleRun {
  inputs: ExecutionRecord['inputs'];
  steps: ReadonlyMap<string, StepState>;
}

/** Earlier runs, as examples of what steps are given. */
export class SampleStore {
  constructor(private readonly database: Database) {}

  /** @returns the newest run of each workflow that came to its end, by the workflow's id */
  async lastCompleted(workspaceId: string, workflowIds: readonly string[]): Promise<Map<string, SampleRun>> {
    const runs = await Promise.all(
      workflowIds.map(async (workflowId): Promise<[string, SampleRun][]> => {
        const row = await this.database.prisma.execution.findFirst({
          where: { workspaceId, workflowId, status: 'COMPLETED', parentId: null },
          orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
          include: { steps: true },
        });
        return row ? [[workflowId, { inputs: toExecution(row).inputs, steps: new Map(row.steps.map((step) => [step.stepKey, toStepState(step)])) }]] : [];
      }),
    );
    return new Map(runs.flat());
  }
}
